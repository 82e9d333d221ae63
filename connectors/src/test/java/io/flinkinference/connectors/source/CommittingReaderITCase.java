package io.flinkinference.connectors.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.connectors.check.GroupOffsets;
import io.flinkinference.connectors.check.KafkaAccess;
import io.flinkinference.connectors.check.KafkaSetupException;
import io.flinkinference.local.LocalKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a group is told, by a reader whose progress is made up, of a broker that is not. */
@Timeout(120)
@SuppressWarnings("try") // Closing may be interrupted, and then the test is.
final class CommittingReaderITCase {

  private static final String TOPIC = "texts";

  private static LocalKafka kafka;

  @BeforeAll
  static void start() throws Exception {
    kafka = LocalKafka.start();
    kafka.createTopic(TOPIC, 3);
  }

  @AfterAll
  static void stop() throws Exception {
    kafka.close();
  }

  @Test
  void offsetsOfACheckpointAreCommittedWhenItIsComplete() throws Exception {
    Progress progress = new Progress();
    try (CommittingReader<String> reader = reader(progress, "steps")) {
      reader.addSplits(List.of(split(0, 2, 9), split(1, 0, 4)));
      progress.unread = List.of(split(0, 5, 9), split(1, 1, 4));
      reader.snapshotState(1);
      progress.unread = List.of(split(0, 7, 9));
      assertThat(reader.snapshotState(2))
          .as("one that is read through stays")
          .containsExactlyInAnyOrder(split(0, 7, 9), split(1, 4, 4));
      assertThat(committed("steps")).isEmpty();

      reader.notifyCheckpointComplete(1);
      assertThat(committed("steps")).isEqualTo(Map.of(0, 5L, 1, 1L));
      reader.notifyCheckpointComplete(2);
      assertThat(committed("steps")).isEqualTo(Map.of(0, 7L, 1, 4L));

      progress.unread = List.of();
      reader.snapshotState(3);
      reader.notifyCheckpointAborted(3);
      reader.notifyCheckpointComplete(3);
      assertThat(committed("steps")).isEqualTo(Map.of(0, 7L, 1, 4L));
      reader.snapshotState(4);
      reader.notifyCheckpointComplete(4);
      assertThat(committed("steps")).isEqualTo(Map.of(0, 9L, 1, 4L));
    }
    assertThat(progress.closed).isTrue();
  }

  @Test
  void restoredReaderCommitsWhatWasReadThroughBefore() throws Exception {
    Progress progress = new Progress();
    try (CommittingReader<String> reader = reader(progress, "restored")) {
      reader.addSplits(List.of(split(0, 9, 9), split(1, 3, 4)));
      progress.unread = List.of(split(1, 3, 4));
      reader.snapshotState(7);
      reader.notifyCheckpointComplete(7);
    }
    assertThat(committed("restored")).isEqualTo(Map.of(0, 9L, 1, 3L));
  }

  @Test
  void nothingIsTakenBackAndNothingMadeUp() throws Exception {
    Progress progress = new Progress();
    try (CommittingReader<String> reader = reader(progress, "odd")) {
      KafkaPartitionSplit notLookedUp = split(1, KafkaPartitionSplit.EARLIEST_OFFSET, 4);
      reader.addSplits(List.of(split(0, 9, 2), notLookedUp));
      progress.unread = List.of(notLookedUp);
      reader.snapshotState(1);
      reader.notifyCheckpointComplete(1);
    }
    assertThat(committed("odd")).isEqualTo(Map.of(0, 9L));
  }

  @Test
  void readerWithoutPartitionsAsksNothing() throws Exception {
    try (CommittingReader<String> reader = reader(new Progress(), "none")) {
      assertThat(reader.snapshotState(1)).isEmpty();
      reader.notifyCheckpointComplete(1);
    }
    assertThat(committed("none")).isEmpty();
  }

  @Test
  void topicThatIsGoneHoldsNothingUp() throws Exception {
    try (CommittingReader<String> reader = reader(new Progress(), "gone")) {
      KafkaPartitionSplit gone =
          new KafkaPartitionSplit(new TopicPartition("was-deleted", 0), 5, 5);
      reader.addSplits(List.of(split(0, 9, 9), gone));
      reader.snapshotState(1);
      reader.notifyCheckpointComplete(1);
    }
    assertThat(committed("gone")).isEqualTo(Map.of(0, 9L));
  }

  /** Which is no reason to fail before all is read: it may leave. */
  @Test
  void groupThatSomebodyElseIsInIsTold() throws Exception {
    Map<String, Object> config =
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "group.id", "taken");
    Progress progress = new Progress();
    try (var other =
            new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        CommittingReader<String> reader = reader(progress, "taken")) {
      other.subscribe(List.of(TOPIC));
      while (other.assignment().isEmpty()) {
        other.poll(Duration.ofMillis(100));
      }
      reader.addSplits(List.of(split(0, 2, 9)));
      progress.unread = List.of(split(0, 5, 9));
      reader.snapshotState(1);
      reader.notifyCheckpointComplete(1);
      progress.unread = List.of();
      reader.snapshotState(2);

      assertThatThrownBy(() -> reader.notifyCheckpointComplete(2))
          .isInstanceOf(KafkaSetupException.class)
          .hasMessageContaining("cannot be committed in group 'taken'")
          .hasMessageContaining("No other consumer may be in the group");
    }
  }

  private static CommittingReader<String> reader(Progress progress, String group) {
    return new CommittingReader<>(
        progress,
        new GroupOffsets(KafkaAccess.of(kafka.bootstrapServers(), new Properties(), null), group));
  }

  private static KafkaPartitionSplit split(int partition, long next, long end) {
    return new KafkaPartitionSplit(new TopicPartition(TOPIC, partition), next, end);
  }

  private static Map<Integer, Long> committed(String group) throws Exception {
    try (Admin admin = kafka.admin()) {
      return admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get()
          .entrySet()
          .stream()
          .collect(Collectors.toMap(e -> e.getKey().partition(), e -> e.getValue().offset()));
    }
  }

  /** A reader that has come as far as a test says. */
  private static final class Progress implements SourceReader<String, KafkaPartitionSplit> {

    List<KafkaPartitionSplit> unread = new ArrayList<>();
    boolean closed;

    @Override
    public List<KafkaPartitionSplit> snapshotState(long checkpoint) {
      return unread;
    }

    @Override
    public void close() {
      closed = true;
    }

    @Override
    public void start() {}

    @Override
    public InputStatus pollNext(ReaderOutput<String> output) {
      return InputStatus.END_OF_INPUT;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void addSplits(List<KafkaPartitionSplit> splits) {}

    @Override
    public void notifyNoMoreSplits() {}
  }
}
