package io.flinkinference.connectors.check;

import java.util.Optional;
import java.util.Set;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetIdentifierProvider;
import org.apache.flink.connector.kafka.source.enumerator.subscriber.KafkaSubscriber;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.common.TopicPartition;

/**
 * Looks for the partitions of a source as the connector does, but first, each time its enumerator
 * starts, whether the source can read at all: a group that may not commit would only show as
 * warnings.
 *
 * <p>Belongs to the worker thread of the source's enumerator, on the JobManager.
 */
public final class CheckedTopics implements KafkaSubscriber, KafkaDatasetIdentifierProvider {

  private static final long serialVersionUID = 1L;

  private final SourceCheck check;
  private final KafkaSubscriber subscriber;

  /**
   * Of the enumerator that was checked: each has its own, and a job that starts again a new one.
   */
  private transient AdminClient checked;

  /** Asks before an enumerator's first look. */
  public CheckedTopics(SourceCheck check) {
    this.check = check;
    this.subscriber = check.topics().subscriber();
  }

  @Override
  public Set<TopicPartition> getSubscribedTopicPartitions(AdminClient admin) {
    if (checked != admin) {
      Findings findings = new Findings();
      check.run(admin, findings);
      findings.throwIfAny();
      checked = admin;
    }
    return subscriber.getSubscribedTopicPartitions(admin);
  }

  @Override
  public Optional<DefaultKafkaDatasetIdentifier> getDatasetIdentifier() {
    return Optional.of(check.topics().identifier());
  }
}
