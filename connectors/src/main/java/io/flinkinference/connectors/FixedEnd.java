package io.flinkinference.connectors;

import java.util.Collection;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * An end that stays where it was looked up. What the connector leaves to its readers they look up
 * again after each failure: committed offsets are then those that the job itself has committed, so
 * that it would end there, short of its end.
 *
 * <p><b>Thread safety:</b> as that of the initializer.
 */
// Deprecated by Kafka, but flink-connector-kafka knows no other type yet.
@SuppressWarnings("deprecation")
record FixedEnd(OffsetsInitializer offsets) implements OffsetsInitializer {

  private static final long serialVersionUID = 1L;

  @Override
  public Map<TopicPartition, Long> getPartitionOffsets(
      Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
    Map<TopicPartition, Long> ends = offsets.getPartitionOffsets(partitions, retriever);
    ends.forEach(FixedEnd::requireOffset);
    return ends;
  }

  /** The connector has negative numbers for what is looked up later. */
  private static void requireOffset(TopicPartition partition, Long end) {
    if (end < 0) {
      throw new IllegalArgumentException(
          "boundedAt() has no offset as the end of "
              + partition
              + ", but what is looked up later. Pass OffsetsInitializer.latest(), timestamp() or"
              + " offsets().");
    }
  }

  @Override
  public OffsetResetStrategy getAutoOffsetResetStrategy() {
    return offsets.getAutoOffsetResetStrategy();
  }
}
