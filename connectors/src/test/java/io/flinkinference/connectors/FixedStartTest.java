package io.flinkinference.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer.PartitionOffsetsRetriever;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Numbers are what a checkpoint keeps, also of a partition that has no new record. */
@SuppressWarnings("deprecation") // Flink's connector knows no other type yet.
final class FixedStartTest {

  private static final TopicPartition READ = new TopicPartition("texts", 0);
  private static final TopicPartition FRESH = new TopicPartition("texts", 1);

  private static final long COMMITTED = 7;
  private static final long BEGINNING = 3;
  private static final long END = 9;

  @Test
  void whatIsCommittedIsLookedUp() {
    assertThat(starts(FixedStart.COMMITTED_OR_EARLIEST))
        .isEqualTo(Map.of(READ, COMMITTED, FRESH, BEGINNING));
    assertThat(starts(committedOr(OffsetResetStrategy.LATEST)))
        .isEqualTo(Map.of(READ, COMMITTED, FRESH, END));
  }

  @Test
  void partitionOfWhichNothingIsCommittedIsNamedWhereItHasToBe() {
    assertThatIllegalStateException()
        .isThrownBy(() -> starts(committedOr(OffsetResetStrategy.NONE)))
        .withMessageContaining("committed nothing of [texts-1]")
        .withMessageContaining("committedOffsets(EARLIEST)");
  }

  @Test
  void otherStartsAreTakenAsTheyAre() {
    assertThat(starts(new FixedStart(OffsetsInitializer.earliest())))
        .isEqualTo(
            Map.of(
                READ, KafkaPartitionSplit.EARLIEST_OFFSET,
                FRESH, KafkaPartitionSplit.EARLIEST_OFFSET));
    assertThat(starts(new FixedStart(OffsetsInitializer.offsets(Map.of(READ, 1L, FRESH, 2L)))))
        .isEqualTo(Map.of(READ, 1L, FRESH, 2L));
  }

  private static FixedStart committedOr(OffsetResetStrategy reset) {
    return new FixedStart(OffsetsInitializer.committedOffsets(reset));
  }

  private static Map<TopicPartition, Long> starts(FixedStart start) {
    return start.getPartitionOffsets(List.of(READ, FRESH), new Offsets());
  }

  /** What Kafka knows. */
  private static final class Offsets implements PartitionOffsetsRetriever {

    @Override
    public Map<TopicPartition, Long> committedOffsets(Collection<TopicPartition> partitions) {
      return Map.of(READ, COMMITTED);
    }

    @Override
    public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
      return each(partitions, BEGINNING);
    }

    @Override
    public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
      return each(partitions, END);
    }

    private static Map<TopicPartition, Long> each(
        Collection<TopicPartition> partitions, long offset) {
      return partitions.stream().collect(Collectors.toMap(p -> p, p -> offset));
    }

    @Override
    public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
        Map<TopicPartition, Long> times) {
      throw new UnsupportedOperationException();
    }
  }
}
