package io.flinkinference.connectors;

import static io.flinkinference.connectors.testing.AvroValues.REVIEW_1;
import static io.flinkinference.connectors.testing.AvroValues.REVIEW_2;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.InferenceOptions;
import io.flinkinference.ScoredStream;
import io.flinkinference.Tasks;
import io.flinkinference.TextInference;
import io.flinkinference.connectors.avro.DeadLetter;
import io.flinkinference.connectors.avro.ScoredText;
import io.flinkinference.connectors.format.AvroEncoding;
import io.flinkinference.connectors.format.AvroText;
import io.flinkinference.connectors.registry.RegistryOptions;
import io.flinkinference.connectors.registry.SchemaRegistry;
import io.flinkinference.connectors.registry.SubjectNaming;
import io.flinkinference.connectors.testing.AvroValues;
import io.flinkinference.connectors.text.KafkaText;
import io.flinkinference.local.LocalKafka;
import io.flinkinference.local.LocalSchemaRegistry;
import io.flinkinference.result.Embedding;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Avro from Kafka, with its schemas in a real registry, which stands still when the job begins. */
@Timeout(180)
@DisabledOnOs(OS.WINDOWS) // A process is stopped by a signal.
class RegistryStreamITCase {

  private static final int OF_EACH_SCHEMA = 50;

  @TempDir private Path directory;

  @Test
  void aSchemaMayChangePoisonStandsAloneAndTheJobOutlivesTheRegistrysPause() throws Exception {
    Path home = Path.of(System.getProperty("schema-registry.home"));
    try (LocalKafka kafka = LocalKafka.start();
        LocalSchemaRegistry server = LocalSchemaRegistry.start(home, directory)) {
      for (String topic : List.of("reviews", "scored", "dead")) {
        kafka.createTopic(topic, 1);
      }
      Topics topics = new Topics(kafka.bootstrapServers());
      List<ProducerRecord<byte[], byte[]>> records =
          records(new SchemaRegistry(RegistryOptions.at(server.url())));
      topics.write(records);

      signal(server, "STOP");
      Starts.COUNT.set(0);
      RegistryOptions impatient =
          RegistryOptions.at(server.url()).trying(1, Duration.ofMillis(500));
      JobClient job = job(kafka, impatient).executeAsync("reviews");
      try {
        while (Starts.COUNT.get() < 2) {
          TimeUnit.MILLISECONDS.sleep(50); // Until the job has failed for the first time.
        }
        signal(server, "CONT");
        job.getJobExecutionResult().get();
      } finally {
        if (!job.getJobExecutionResult().isDone()) {
          job.cancel().get(); // It would start anew for as long as this process lives.
        }
      }

      Map<String, ScoredText> scored = new HashMap<>();
      for (ConsumerRecord<byte[], byte[]> record : topics.readCommitted("scored")) {
        ScoredText text = ScoredText.getDecoder().decode(record.value());
        assertThat(scored.put(new String(record.key(), UTF_8), text)).as("once").isNull();
      }
      assertThat(scored).hasSize(2 * OF_EACH_SCHEMA);
      Map<String, DeadLetter> dead = new HashMap<>();
      for (ConsumerRecord<byte[], byte[]> record : topics.readCommitted("dead")) {
        dead.put(new String(record.key(), UTF_8), DeadLetter.getDecoder().decode(record.value()));
      }
      assertThat(dead.keySet())
          .containsExactlyInAnyOrder("no avro", "no such schema", "cut", "tombstone");
      assertThat(dead.get("tombstone").getReason()).isEqualTo("NULL_TEXT");
      for (String key : List.of("no avro", "no such schema", "cut")) {
        assertThat(dead.get(key).getReason()).as(key).isEqualTo("UNDECODABLE");
        assertThat(dead.get(key).getValue()).as("its own bytes").isEqualTo(value(records, key));
      }
    }
  }

  private static List<ProducerRecord<byte[], byte[]>> records(SchemaRegistry registry) {
    int first = registry.register(SubjectNaming.TOPIC.subject("reviews", REVIEW_1), REVIEW_1);
    int second = registry.register(SubjectNaming.TOPIC.subject("reviews", REVIEW_2), REVIEW_2);
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < OF_EACH_SCHEMA; i++) {
      records.add(
          record(
              "first-" + i,
              AvroValues.numbered(first, AvroValues.review(REVIEW_1, "A good book, the " + i))));
      records.add(
          record(
              "second-" + i,
              AvroValues.numbered(second, AvroValues.review(REVIEW_2, "No good book, " + i))));
    }
    byte[] whole = AvroValues.numbered(first, AvroValues.review(REVIEW_1, "cut short"));
    records.add(10, record("no avro", "plain text".getBytes(UTF_8)));
    records.add(
        20,
        record("no such schema", AvroValues.numbered(99_999, AvroValues.review(REVIEW_1, "lost"))));
    records.add(30, record("cut", Arrays.copyOf(whole, whole.length - 3)));
    records.add(40, record("tombstone", null));
    return records;
  }

  private static ByteBuffer value(List<ProducerRecord<byte[], byte[]>> records, String key) {
    return records.stream()
        .filter(record -> Arrays.equals(record.key(), key.getBytes(UTF_8)))
        .map(record -> ByteBuffer.wrap(record.value()))
        .findFirst()
        .orElseThrow();
  }

  private static ProducerRecord<byte[], byte[]> record(String key, byte[] value) {
    return new ProducerRecord<>("reviews", key.getBytes(UTF_8), value);
  }

  private StreamExecutionEnvironment job(LocalKafka kafka, RegistryOptions registry) {
    Configuration config = new Configuration();
    config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(500));
    config.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    config.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory.toUri().toString());
    config.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    config.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 100);
    config.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(100));
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, config);
    DataStream<KafkaText> reviews =
        env.fromSource(
                KafkaTexts.source(kafka.bootstrapServers(), "reviews")
                    .groupId("reviews")
                    .startingAt(OffsetsInitializer.earliest())
                    .boundedAt(OffsetsInitializer.latest())
                    .build(),
                WatermarkStrategy.noWatermarks(),
                "reviews")
            .map(new Starts());
    ScoredStream<KafkaText, Embedding> scored =
        TextInference.on(reviews)
            .text(AvroText.field("body", AvroEncoding.registry(registry)))
            .model("all-minilm-l6-v2")
            .option(InferenceOptions.WARM_UP, false)
            .task(Tasks.embedding())
            .build();
    scored
        .results()
        .sinkTo(
            ScoredTexts.embeddings(kafka.bootstrapServers(), "scored")
                .exactlyOnce("reviews")
                .build());
    scored
        .deadLetters()
        .sinkTo(DeadLetters.sink(kafka.bootstrapServers(), "dead").exactlyOnce("reviews").build());
    return env;
  }

  private static void signal(LocalSchemaRegistry server, String name) throws Exception {
    long pid = server.process().pid();
    assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor())
        .isZero();
  }

  /** Counts how often the job has begun. */
  private static final class Starts extends RichMapFunction<KafkaText, KafkaText> {

    private static final long serialVersionUID = 1L;
    static final AtomicInteger COUNT = new AtomicInteger();

    @Override
    public void open(OpenContext context) {
      COUNT.incrementAndGet();
    }

    @Override
    public KafkaText map(KafkaText value) {
      return value;
    }
  }
}
