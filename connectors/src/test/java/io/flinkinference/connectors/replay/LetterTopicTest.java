package io.flinkinference.connectors.replay;

import static io.flinkinference.connectors.replay.Letters.letter;
import static io.flinkinference.result.DeadLetterReason.TOO_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LetterTopicTest {

  private static final TopicPartition PARTITION = new TopicPartition("dead", 0);
  private static final ReplaySettings SETTINGS =
      new ReplaySettings(
          "dead",
          "group",
          Selection.ALL,
          Target.ORIGIN,
          Double.POSITIVE_INFINITY,
          null,
          new ClientSettings("127.0.0.1:1", Map.of()));

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");

  @Test
  void readsToTheEndThatThereWasAndNoFurther() {
    topicOf(0, 2);
    LetterTopic topic = open();
    // They come with one answer, though the third was written after the end was asked for.
    for (int i = 0; i < 3; i++) {
      consumer.addRecord(
          new ConsumerRecord<>("dead", 0, i, null, Letters.encode(letter(i, TOO_LONG, "texts"))));
    }
    LetterBatch batch = topic.read();
    assertThat(batch.letters()).extracting(Letter::offset).containsExactly(0L, 1L);
    assertThat(batch.next())
        .containsExactly(Map.entry(PARTITION, new OffsetAndMetadata(2, SETTINGS.mark())));
    assertThat(topic.hasEnded()).isTrue();
    assertThat(consumer.paused()).containsExactly(PARTITION);
  }

  @Test
  void beginsWhereTheGroupEndedOrWhereTheTopicNowBegins() {
    topicOf(5, 9);
    assertThat(Place.find(consumer, SETTINGS).starts()).containsEntry(PARTITION, 5L);
    commit(7, SETTINGS.mark());
    assertThat(Place.find(consumer, SETTINGS).starts()).containsEntry(PARTITION, 7L);
    commit(3, SETTINGS.mark());
    assertThat(Place.find(consumer, SETTINGS).starts()).containsEntry(PARTITION, 5L);
  }

  @Test
  void aGroupOfSomethingElseOrOfAnotherTopicOfThatNameIsRefused() {
    topicOf(0, 9);
    commit(3, "");
    assertThatThrownBy(this::open)
        .isInstanceOf(ReplayException.class)
        .hasMessageContaining("for ''");
    commit(10, SETTINGS.mark());
    assertThatThrownBy(this::open)
        .isInstanceOf(ReplayException.class)
        .hasMessageContaining("up to offset 10, but it ends at 9");
  }

  private LetterTopic open() {
    return LetterTopic.open(consumer, new LetterDecoder(null), SETTINGS);
  }

  private void topicOf(long begin, long end) {
    consumer.updatePartitions("dead", List.of(new PartitionInfo("dead", 0, null, null, null)));
    consumer.updateBeginningOffsets(Map.of(PARTITION, begin));
    consumer.updateEndOffsets(Map.of(PARTITION, end));
  }

  private void commit(long offset, String mark) {
    consumer.assign(List.of(PARTITION)); // The fake commits for those alone.
    consumer.commitSync(Map.of(PARTITION, new OffsetAndMetadata(offset, mark)));
  }
}
