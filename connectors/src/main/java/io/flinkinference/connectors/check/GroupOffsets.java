package io.flinkinference.connectors.check;

import io.flinkinference.result.UnavailableException;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commits offsets in a group's name. Belongs to one thread. */
public final class GroupOffsets implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(GroupOffsets.class);

  private final KafkaAccess access;
  private final String group;
  private Admin admin; // From the first commit on.

  /**
   * Does not connect yet.
   *
   * @param group its name
   */
  public GroupOffsets(KafkaAccess access, String group) {
    this.access = access;
    this.group = group;
  }

  /**
   * Returns when Kafka has the offsets, each of which is that of the next record to read. Topics
   * that were deleted are left out.
   *
   * @throws KafkaSetupException if Kafka refuses them
   * @throws UnavailableException if it does not answer
   */
  public void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    if (admin == null) {
      admin = access.connect();
    }
    try {
      Answer.of(admin.alterConsumerGroupOffsets(group, offsets).all(), access);
    } catch (UnknownTopicOrPartitionException e) {
      LOG.warn("A topic that was read is gone: {} ({}).", e.getMessage(), access);
    } catch (ApiException e) {
      throw new KafkaSetupException(
          "What was read cannot be committed in group "
              + this
              + ": "
              + e.getMessage()
              + " No other consumer may be in the group, and READ is to be allowed on it and on"
              + " the topics.",
          e);
    }
  }

  /** The group's name, and where it is. */
  @Override
  public String toString() {
    return "'" + group + "' (" + access + ")";
  }

  @Override
  public void close() {
    if (admin != null) {
      admin.close();
    }
  }
}
