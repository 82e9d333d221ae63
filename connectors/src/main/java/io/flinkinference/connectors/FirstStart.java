package io.flinkinference.connectors;

import java.util.Collection;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a job without a checkpoint starts. It is no word on what a restored job does whose offset
 * Kafka has deleted by then: the connector hands the reset strategy of the initializer to the
 * consumer for good, and those of the latest offset and of a time would have it leave out all that
 * is still there. It reads on at the earliest record instead.
 *
 * <p><b>Thread safety:</b> as that of the initializer.
 */
// Deprecated by Kafka, but flink-connector-kafka knows no other type yet.
@SuppressWarnings("deprecation")
record FirstStart(OffsetsInitializer offsets) implements OffsetsInitializer {

  private static final long serialVersionUID = 1L;

  @Override
  public Map<TopicPartition, Long> getPartitionOffsets(
      Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
    return offsets.getPartitionOffsets(partitions, retriever);
  }

  @Override
  public OffsetResetStrategy getAutoOffsetResetStrategy() {
    return OffsetResetStrategy.EARLIEST;
  }
}
