package io.flinkinference.connectors;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * A start that stays where it was looked up. What is committed the connector leaves to its readers:
 * a partition without a new record is then wherever the group is, in each checkpoint, and not where
 * the job was.
 *
 * <p>The reset strategy is another matter: the connector hands it to the consumer for good. Where
 * Kafka has deleted the offset of a restored job, those of the latest offset and of a time would
 * have it leave out all that is still there.
 *
 * <p><b>Thread safety:</b> as that of the initializer.
 *
 * @param offsets where a job without a checkpoint starts
 * @param reset where a restored job goes on whose offset is gone
 */
// Deprecated by Kafka, but flink-connector-kafka knows no other type yet.
@SuppressWarnings("deprecation")
record FixedStart(OffsetsInitializer offsets, OffsetResetStrategy reset)
    implements OffsetsInitializer {

  private static final long serialVersionUID = 1L;

  /** Behind what the group has committed; at the earliest record where that is nothing. */
  static final FixedStart COMMITTED_OR_EARLIEST =
      new FixedStart(OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST));

  FixedStart(OffsetsInitializer offsets) {
    this(offsets, offsets.getAutoOffsetResetStrategy());
  }

  /** A restored job reads what is still there. */
  static FixedStart readingOnAtEarliest(OffsetsInitializer offsets) {
    return new FixedStart(offsets, OffsetResetStrategy.EARLIEST);
  }

  @Override
  public Map<TopicPartition, Long> getPartitionOffsets(
      Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
    Map<TopicPartition, Long> starts =
        new HashMap<>(offsets.getPartitionOffsets(partitions, retriever));
    List<TopicPartition> left =
        partitions.stream()
            .filter(p -> starts.get(p) == KafkaPartitionSplit.COMMITTED_OFFSET)
            .toList();
    if (!left.isEmpty()) {
      starts.putAll(committed(left, retriever));
    }
    return starts;
  }

  private Map<TopicPartition, Long> committed(
      List<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
    Map<TopicPartition, Long> starts = new HashMap<>(retriever.committedOffsets(partitions));
    List<TopicPartition> left = partitions.stream().filter(p -> !starts.containsKey(p)).toList();
    if (!left.isEmpty()) {
      starts.putAll(
          switch (offsets.getAutoOffsetResetStrategy()) {
            case EARLIEST -> retriever.beginningOffsets(left);
            case LATEST -> retriever.endOffsets(left);
            case NONE ->
                throw new IllegalStateException(
                    "The group has committed nothing of "
                        + left
                        + ", so the job does not know where to start. Commit offsets, or let"
                        + " startingAt() say where else: committedOffsets(EARLIEST), or LATEST.");
          });
    }
    return starts;
  }

  @Override
  public OffsetResetStrategy getAutoOffsetResetStrategy() {
    return reset;
  }
}
