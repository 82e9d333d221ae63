package io.flinkinference.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.InferenceOptions;
import io.flinkinference.OutputMode;
import io.flinkinference.ScoredStream;
import io.flinkinference.Tasks;
import io.flinkinference.TextInference;
import io.flinkinference.TextScorer;
import io.flinkinference.connectors.avro.DeadLetter;
import io.flinkinference.connectors.avro.ScoredText;
import io.flinkinference.connectors.text.KafkaText;
import io.flinkinference.local.LocalKafka;
import io.flinkinference.local.LocalTopics;
import io.flinkinference.result.Embedding;
import io.flinkinference.result.Scored;
import io.flinkinference.runtime.ModelLeases;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.avro.message.MessageDecoder;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real broker, a real model, a Flink cluster in this process, and failures in the middle. */
@Timeout(180)
class EndToEndITCase {

  private static final String MODEL = "all-minilm-l6-v2";
  private static final int GOOD = 900;

  /** Each begins behind a checkpoint, so that there are records to fail at on any machine. */
  private static final int PARTS = 3;

  private static final int PARTITIONS = 2;

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(OutputMode.class)
  void afterFailuresBetweenCheckpointsEachRecordIsThereExactlyOnce(OutputMode mode)
      throws Exception {
    Map<String, String> texts = texts();
    FailTwice.FAILURES.set(0);
    try (LocalKafka kafka = LocalKafka.start()) {
      for (String topic : List.of("texts", "scored", "dead")) {
        kafka.createTopic(topic, PARTITIONS);
      }
      LocalTopics topics = new LocalTopics(kafka.bootstrapServers());
      JobClient job = job(kafka, mode).executeAsync("end to end");
      List<ProducerRecord<byte[], byte[]>> records = records(texts);
      for (int part = 1; part <= PARTS; part++) {
        int from = records.size() * (part - 1) / PARTS;
        int to = records.size() * part / PARTS;
        topics.write(records.subList(from, to));
        while (keys(topics, "scored").size() + keys(topics, "dead").size() < to) {
          TimeUnit.MILLISECONDS.sleep(100);
        }
      }
      // It commits all that was written: no copy is hidden by a transaction that is left open.
      job.stopWithSavepoint(false, directory.toUri().toString(), SavepointFormatType.CANONICAL)
          .get();
      job.getJobExecutionResult().get();
      Map<String, List<ScoredText>> scored =
          byKey(topics.committed("scored"), ScoredText.getDecoder());
      scored.forEach(
          (key, copies) ->
              assertThat(copies.get(0).getKey()).isEqualTo(ByteBuffer.wrap(bytes(key))));
      Map<String, List<DeadLetter>> dead = byKey(topics.committed("dead"), DeadLetter.getDecoder());

      assertThat(FailTwice.FAILURES).as("failures injected").hasValue(2);
      assertThat(scored.keySet()).isEqualTo(texts.keySet());
      assertThat(scored.values()).allSatisfy(copies -> assertThat(copies).hasSize(1));
      assertThat(dead).containsOnlyKeys("null", "malformed");
      assertThat(dead.values()).allSatisfy(copies -> assertThat(copies).hasSize(1));
      assertThat(dead.get("null").get(0).getReason()).isEqualTo("NULL_TEXT");
      assertThat(dead.get("malformed").get(0).getReason()).isEqualTo("UNDECODABLE");
      assertSameAsWithoutFlink(texts, scored);
      assertThat(ModelLeases.SHARED.size()).as("models left in memory").isZero();
    }
  }

  private StreamExecutionEnvironment job(LocalKafka kafka, OutputMode mode) {
    Configuration config = new Configuration();
    config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(300));
    config.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    config.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory.toUri().toString());
    config.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    config.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 5);
    config.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(100));
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(PARTITIONS, config);
    DataStream<KafkaText> texts =
        env.fromSource(
            KafkaTexts.source(kafka.bootstrapServers(), "texts").groupId("end-to-end").build(),
            WatermarkStrategy.noWatermarks(),
            "texts");
    ScoredStream<KafkaText, Embedding> scored =
        TextInference.on(texts)
            .text(KafkaText::text)
            .model(MODEL)
            .option(InferenceOptions.WARM_UP, false)
            .option(InferenceOptions.MAX_RECORDS_IN_FLIGHT, 100)
            .task(Tasks.embedding())
            .outputMode(mode)
            .build();
    scored
        .results()
        .map(new FailTwice())
        .returns(scored.results().getType())
        .sinkTo(
            ScoredTexts.embeddings(kafka.bootstrapServers(), "scored")
                .includeText(true)
                .exactlyOnce("end-to-end")
                .build());
    scored
        .deadLetters()
        .sinkTo(
            DeadLetters.sink(kafka.bootstrapServers(), "dead").exactlyOnce("end-to-end").build());
    return env;
  }

  private static Map<String, String> texts() {
    Random random = new Random(9);
    List<String> words = List.of("the", "parliament", "votes", "on", "fish", "budgets", "today");
    Map<String, String> texts = new HashMap<>();
    for (int i = 0; i < GOOD; i++) {
      StringBuilder text = new StringBuilder();
      for (int w = 1 + random.nextInt(random.nextInt(10) == 0 ? 120 : 15); w > 0; w--) {
        text.append(words.get(random.nextInt(words.size()))).append(' ');
      }
      texts.put("key-" + i, text.append(i).toString());
    }
    return texts;
  }

  private static List<ProducerRecord<byte[], byte[]>> records(Map<String, String> texts) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    records.add(new ProducerRecord<>("texts", bytes("null"), null));
    byte[] malformed = {(byte) 0xC3, 0x28};
    records.add(new ProducerRecord<>("texts", bytes("malformed"), malformed));
    texts.forEach(
        (key, text) -> records.add(new ProducerRecord<>("texts", bytes(key), bytes(text))));
    return records;
  }

  private static Set<String> keys(LocalTopics topics, String topic) {
    return topics.committed(topic).stream()
        .map(record -> string(record.key()))
        .collect(Collectors.toSet());
  }

  private static <T> Map<String, List<T>> byKey(
      List<ConsumerRecord<byte[], byte[]>> records, MessageDecoder<T> decoder) throws Exception {
    Map<String, List<T>> values = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      values
          .computeIfAbsent(string(record.key()), key -> new ArrayList<>())
          .add(decoder.decode(record.value()));
    }
    return values;
  }

  private static void assertSameAsWithoutFlink(
      Map<String, String> texts, Map<String, List<ScoredText>> scored) {
    try (TextScorer<Embedding> scorer =
        TextScorer.open(MODEL, Tasks.embedding(), new Configuration())) {
      scorer.score(
          texts.entrySet().iterator(),
          Map.Entry::getValue,
          one -> {
            ScoredText streamed = scored.get(one.item().getKey()).get(0);
            assertThat(streamed.getText()).isEqualTo(one.item().getValue());
            assertThat(streamed.getModel().getSha256()).isEqualTo(scorer.stamp().sha256());
            double cosine = 0; // Both are of length 1.
            for (int i = 0; i < one.result().dimension(); i++) {
              cosine += streamed.getEmbedding().get(i) * (double) one.result().values()[i];
            }
            assertThat(cosine).isGreaterThan(0.99999);
          });
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String string(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Fails twice, each time some records after a checkpoint. */
  private static final class FailTwice
      extends RichMapFunction<Scored<KafkaText, Embedding>, Scored<KafkaText, Embedding>>
      implements CheckpointListener {

    private static final long serialVersionUID = 1L;
    static final AtomicInteger FAILURES = new AtomicInteger();

    private boolean checkpointed;
    private int since;

    @Override
    public Scored<KafkaText, Embedding> map(Scored<KafkaText, Embedding> value) {
      // In one step, for subtasks that come here at the same time.
      if (checkpointed && ++since > 20 && FAILURES.getAndUpdate(n -> Math.min(2, n + 1)) < 2) {
        throw new IllegalStateException("A failure between two checkpoints.");
      }
      return value;
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) {
      checkpointed = true;
    }
  }
}
