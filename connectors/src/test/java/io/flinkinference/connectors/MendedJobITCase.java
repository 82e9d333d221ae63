package io.flinkinference.connectors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.InferenceOptions;
import io.flinkinference.ScoredStream;
import io.flinkinference.Tasks;
import io.flinkinference.TextInference;
import io.flinkinference.connectors.avro.DeadLetter;
import io.flinkinference.connectors.avro.ScoredText;
import io.flinkinference.connectors.replay.Replay;
import io.flinkinference.connectors.replay.ReplayReport;
import io.flinkinference.connectors.text.KafkaText;
import io.flinkinference.local.LocalKafka;
import io.flinkinference.local.LocalTopics;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.Embedding;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.function.SerializableFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job with a fault, its dead letters, the fault mended, the letters replayed: nothing is lost.
 */
@Timeout(180)
class MendedJobITCase {

  private static final int TEXTS = 20;
  private static final Set<Integer> FAULTY = Set.of(4, 11);

  @TempDir private Path directory;

  @Test
  void everyTextIsScoredOnceAfterItsFaultIsMended() throws Exception {
    try (LocalKafka kafka = LocalKafka.start()) {
      for (String topic : List.of("texts", "scored", "dead")) {
        kafka.createTopic(topic, 1);
      }
      LocalTopics topics = new LocalTopics(kafka.bootstrapServers());
      topics.write(texts());

      run(kafka, MendedJobITCase::faulty);
      assertThat(topics.committed("scored")).hasSize(TEXTS - FAULTY.size());
      List<DeadLetter> dead = new ArrayList<>();
      for (ConsumerRecord<byte[], byte[]> record : topics.committed("dead")) {
        dead.add(DeadLetter.getDecoder().decode(record.value()));
      }
      assertThat(dead).hasSize(FAULTY.size());
      assertThat(dead)
          .extracting(DeadLetter::getStackDigest)
          .doesNotContainNull()
          .containsOnly(dead.get(0).getStackDigest());
      assertThat(dead.get(0).getStackDigest())
          .startsWith(
              "java.lang.IllegalStateException at " + MendedJobITCase.class.getName() + ".faulty");

      ReplayReport report =
          Replay.from(kafka.bootstrapServers(), "dead")
              .reasons(Set.of(DeadLetterReason.EXTRACTOR_FAILURE))
              .run();
      assertThat(report.selected()).isEqualTo(FAULTY.size());
      List<ConsumerRecord<byte[], byte[]>> all = topics.committed("texts");
      assertThat(all).hasSize(TEXTS + FAULTY.size());
      assertSameButForTheCount(all.get(4), all.get(TEXTS));
      assertSameButForTheCount(all.get(11), all.get(TEXTS + 1));

      run(kafka, KafkaText::text);
      List<String> scored = new ArrayList<>();
      for (ConsumerRecord<byte[], byte[]> record : topics.committed("scored")) {
        scored.add(ScoredText.getDecoder().decode(record.value()).getText());
      }
      assertThat(scored)
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, TEXTS).mapToObj(MendedJobITCase::text).toList());
      assertThat(topics.committed("dead")).hasSize(FAULTY.size());
    }
  }

  private static void assertSameButForTheCount(
      ConsumerRecord<byte[], byte[]> before, ConsumerRecord<byte[], byte[]> after) {
    assertThat(after.key()).isEqualTo(before.key());
    assertThat(after.value()).isEqualTo(before.value());
    assertThat(after.timestamp()).isEqualTo(before.timestamp());
    List<Header> headers = new ArrayList<>(List.of(before.headers().toArray()));
    headers.add(new RecordHeader(Replay.REPLAYED_HEADER, Samples.utf8("1")));
    assertThat(after.headers()).containsExactlyElementsOf(headers);
  }

  /** Reads what the group has not read before, to the end. */
  private void run(LocalKafka kafka, SerializableFunction<KafkaText, String> extractor)
      throws Exception {
    Configuration config = new Configuration();
    config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(500));
    config.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    config.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory.toUri().toString());
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, config);
    DataStream<KafkaText> texts =
        env.fromSource(
            KafkaTexts.source(kafka.bootstrapServers(), "texts")
                .groupId("mended")
                .boundedAt(OffsetsInitializer.latest())
                .build(),
            WatermarkStrategy.noWatermarks(),
            "texts");
    ScoredStream<KafkaText, Embedding> scored =
        TextInference.on(texts)
            .text(extractor)
            .model("all-minilm-l6-v2")
            .option(InferenceOptions.WARM_UP, false)
            .task(Tasks.embedding())
            .build();
    scored
        .results()
        .sinkTo(
            ScoredTexts.embeddings(kafka.bootstrapServers(), "scored")
                .includeText(true)
                .exactlyOnce("mended")
                .build());
    scored
        .deadLetters()
        .sinkTo(DeadLetters.sink(kafka.bootstrapServers(), "dead").exactlyOnce("mended").build());
    env.execute("mended");
  }

  private static String faulty(KafkaText record) {
    if (record.text().contains("fault")) {
      throw new IllegalStateException("Not prepared for " + record.text());
    }
    return record.text();
  }

  private static String text(int i) {
    return (FAULTY.contains(i) ? "A text with a fault, number " : "A good text, number ") + i;
  }

  private static List<ProducerRecord<byte[], byte[]>> texts() {
    long now = System.currentTimeMillis();
    return IntStream.range(0, TEXTS)
        .mapToObj(
            i ->
                new ProducerRecord<>(
                    "texts",
                    0,
                    now - 60_000 + i,
                    i % 2 == 0 ? null : ("key " + i).getBytes(UTF_8),
                    text(i).getBytes(UTF_8),
                    List.<Header>of(
                        new RecordHeader("trace", Samples.utf8("t" + i)),
                        new RecordHeader("trace", null))))
        .toList();
  }
}
