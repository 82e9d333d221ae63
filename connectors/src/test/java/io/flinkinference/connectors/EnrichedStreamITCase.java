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
import io.flinkinference.connectors.format.AvroEncoding;
import io.flinkinference.connectors.format.AvroText;
import io.flinkinference.connectors.format.Enrichment;
import io.flinkinference.connectors.output.OutputFormat;
import io.flinkinference.connectors.registry.RegisteredSchema;
import io.flinkinference.connectors.registry.Registration;
import io.flinkinference.connectors.registry.RegistryOptions;
import io.flinkinference.connectors.registry.SchemaRegistry;
import io.flinkinference.connectors.registry.SubjectNaming;
import io.flinkinference.connectors.registry.WireFormat;
import io.flinkinference.connectors.testing.AvroValues;
import io.flinkinference.connectors.testing.RegistryServer;
import io.flinkinference.connectors.text.KafkaText;
import io.flinkinference.local.LocalKafka;
import io.flinkinference.result.Embedding;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
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
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Enriches records from Kafka to Kafka, while their schema changes and the registry stands still.
 */
@Timeout(300)
@DisabledOnOs(OS.WINDOWS) // A process is stopped by a signal.
class EnrichedStreamITCase {

  private static final int PART = 30;
  private static final int BAD = 2;
  private static final int ALL = 3 * PART + BAD;
  private static final Schema TAKEN = Enrichment.schema(REVIEW_1, "inference");

  @TempDir private Path directory;

  @Test
  void nothingIsLostWhileSchemasChangeAndTheRegistryStandsStill() throws Exception {
    try (LocalKafka kafka = LocalKafka.start();
        RegistryServer server = RegistryServer.start(directory)) {
      for (String topic : List.of("reviews", "enriched", "dead")) {
        kafka.createTopic(topic, 1);
      }
      Topics topics = new Topics(kafka.bootstrapServers());
      RegistryOptions options = RegistryOptions.at(server.url());
      SchemaRegistry registry = new SchemaRegistry(options);
      int first = registry.register("reviews-value", REVIEW_1);
      int second = registry.register("reviews-value", REVIEW_2);
      int taken = registry.register("reviews-value", TAKEN);
      Starts.COUNT.set(0);
      JobClient job =
          job(kafka, options.trying(1, Duration.ofMillis(500))).executeAsync("enriched");

      topics.write(
          List.of(
              record("taken", AvroValues.numbered(taken, AvroValues.review(TAKEN, "x"))),
              record("tombstone", null)));
      topics.write(reviews("known-", first, REVIEW_1));
      await(() -> topics.readCommitted("enriched").size() == PART);

      server.signal("STOP");
      topics.write(reviews("still-", first, REVIEW_1));
      await(() -> topics.readCommitted("enriched").size() == 2 * PART);
      assertThat(Starts.COUNT).as("known schemas go on").hasValue(1);

      topics.write(reviews("fresh-", second, REVIEW_2));
      await(() -> Starts.COUNT.get() >= 2); // The job has failed for the new schema.
      server.signal("CONT");
      job.getJobExecutionResult().get();

      check(topics.readCommitted("enriched"), registry);
      checkDead(topics.readCommitted("dead"));
      assertThat(registry.latest("enriched-value").schema())
          .isEqualTo(Enrichment.schema(REVIEW_2, "inference"));
    }
  }

  private static void check(List<ConsumerRecord<byte[], byte[]>> records, SchemaRegistry registry)
      throws IOException {
    Map<String, GenericRecord> byKey = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      GenericRecord read = read(record.value(), registry);
      assertThat(byKey.put(new String(record.key(), UTF_8), read)).as("once").isNull();
      assertThat(record.headers().lastHeader("inference.model").value())
          .asString()
          .isEqualTo("all-minilm-l6-v2");
      assertThat(record.headers().lastHeader("number")).isNotNull();
      assertThat(record.timestamp()).isEqualTo(1_000);
    }
    assertThat(byKey).hasSize(3 * PART);
    byKey.forEach(
        (key, read) -> {
          assertThat(read.get("body")).hasToString("The book " + key);
          GenericRecord result = (GenericRecord) read.get("inference");
          assertThat((List<?>) result.get("embedding")).hasSize(384);
          assertThat(((GenericRecord) result.get("model")).get("device")).hasToString("cpu");
          assertThat(read.hasField("time")).isEqualTo(key.startsWith("fresh-"));
        });
  }

  private static GenericRecord read(byte[] value, SchemaRegistry registry) throws IOException {
    Schema schema = registry.schema(WireFormat.schemaId(value));
    int length = value.length - WireFormat.PREFIX;
    return new GenericDatumReader<GenericRecord>(schema)
        .read(null, DecoderFactory.get().binaryDecoder(value, WireFormat.PREFIX, length, null));
  }

  private static void checkDead(List<ConsumerRecord<byte[], byte[]>> records) throws IOException {
    Map<String, String> reasons = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      DeadLetter letter = DeadLetter.getDecoder().decode(record.value());
      reasons.put(new String(record.key(), UTF_8), letter.getReason());
    }
    assertThat(reasons).isEqualTo(Map.of("taken", "UNDECODABLE", "tombstone", "NULL_TEXT"));
  }

  private static List<ProducerRecord<byte[], byte[]>> reviews(
      String prefix, int id, Schema schema) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < PART; i++) {
      String key = prefix + i;
      GenericRecord review = AvroValues.review(schema, "The book " + key);
      records.add(record(key, AvroValues.numbered(id, review)));
    }
    return records;
  }

  private static ProducerRecord<byte[], byte[]> record(String key, byte[] value) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>("reviews", null, 1_000L, key.getBytes(UTF_8), value);
    record.headers().add("number", key.getBytes(UTF_8));
    return record;
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
    Map<TopicPartition, Long> end = Map.of(new TopicPartition("reviews", 0), (long) ALL);
    DataStream<KafkaText> reviews =
        env.fromSource(
                KafkaTexts.source(kafka.bootstrapServers(), "reviews")
                    .groupId("enriched")
                    .startingAt(OffsetsInitializer.earliest())
                    .boundedAt(OffsetsInitializer.offsets(end))
                    .build(),
                WatermarkStrategy.noWatermarks(),
                "reviews")
            .map(new Starts());
    AvroEncoding encoding = AvroEncoding.registry(registry);
    ScoredStream<KafkaText, Embedding> scored =
        TextInference.on(reviews)
            .text(AvroText.field("body", encoding).enrichedBy("inference"))
            .model("all-minilm-l6-v2")
            .option(InferenceOptions.WARM_UP, false)
            .task(Tasks.embedding())
            .build();
    RegisteredSchema target =
        new RegisteredSchema(registry, SubjectNaming.TOPIC, Registration.REGISTER);
    scored
        .results()
        .sinkTo(
            ScoredTexts.embeddings(kafka.bootstrapServers(), "enriched")
                .format(OutputFormat.enriched(encoding, "inference", target))
                .exactlyOnce("enriched")
                .build());
    scored
        .deadLetters()
        .sinkTo(DeadLetters.sink(kafka.bootstrapServers(), "dead").exactlyOnce("enriched").build());
    return env;
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      TimeUnit.MILLISECONDS.sleep(100); // The class has a time limit.
    }
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
