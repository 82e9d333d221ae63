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
import io.flinkinference.local.LocalTopics;
import io.flinkinference.result.Embedding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.function.FunctionWithException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Scores and enriches Avro from Kafka, while its schema changes and the registry stands still. */
@Timeout(300)
@DisabledOnOs(OS.WINDOWS) // A process is stopped by a signal.
class RegistryStreamITCase {

  private static final int PART = 50;
  private static final Schema TAKEN = Enrichment.schema(REVIEW_1, "inference");

  @TempDir private Path directory;

  private LocalKafka kafka;
  private LocalTopics topics;
  private RegistryServer server;
  private RegistryOptions impatient;
  private SchemaRegistry registry;
  private int first;
  private int second;
  private JobClient job;

  @BeforeEach
  void start() throws Exception {
    kafka = LocalKafka.start();
    server = RegistryServer.start(directory);
    for (String topic : List.of("reviews", "scored", "dead")) {
      kafka.createTopic(topic, 1);
    }
    topics = new LocalTopics(kafka.bootstrapServers());
    RegistryOptions options = RegistryOptions.at(server.url());
    impatient = options.trying(1, Duration.ofMillis(500));
    registry = new SchemaRegistry(options);
    first = registry.register("reviews-value", REVIEW_1);
    second = registry.register("reviews-value", REVIEW_2);
    Starts.COUNT.set(0);
  }

  @AfterEach
  void stop() throws Exception {
    if (job != null && !job.getJobExecutionResult().isDone()) {
      job.cancel().get(); // It would start anew for as long as this process lives.
    }
    server.close();
    kafka.close();
  }

  @Test
  void aSchemaMayChangePoisonStandsAloneAndTheJobOutlivesTheRegistrysPause() throws Exception {
    byte[] whole = AvroValues.numbered(first, AvroValues.review(REVIEW_1, "cut short"));
    byte[] lost = AvroValues.numbered(99_999, AvroValues.review(REVIEW_1, "lost"));
    List<ProducerRecord<byte[], byte[]>> poison =
        List.of(
            record("no avro", "plain text".getBytes(UTF_8)),
            record("no such schema", lost),
            record("cut", Arrays.copyOf(whole, whole.length - 3)));
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(poison);
    records.add(record("tombstone", null));
    records.addAll(reviews("first-", first, REVIEW_1));
    records.addAll(reviews("second-", second, REVIEW_2));
    Collections.shuffle(records, new Random(3));
    topics.write(records);

    server.signal("STOP");
    AvroText text = AvroText.field("body", AvroEncoding.registry(impatient));
    begin(records.size(), text, OutputFormat.scoredText());
    await(() -> Starts.COUNT.get() >= 2); // The job has failed for the first schema.
    server.signal("CONT");
    job.getJobExecutionResult().get();

    Map<String, ScoredText> scored = byKey("scored", ScoredText.getDecoder()::decode);
    assertThat(scored).hasSize(2 * PART);
    Map<String, DeadLetter> dead = byKey("dead", DeadLetter.getDecoder()::decode);
    assertThat(dead).containsOnlyKeys("no avro", "no such schema", "cut", "tombstone");
    assertThat(dead.get("tombstone").getReason()).isEqualTo("NULL_TEXT");
    for (ProducerRecord<byte[], byte[]> record : poison) {
      String key = new String(record.key(), UTF_8);
      assertThat(dead.get(key).getReason()).as(key).isEqualTo("UNDECODABLE");
      assertThat(dead.get(key).getValue()).as(key).isEqualTo(ByteBuffer.wrap(record.value()));
    }
  }

  @Test
  void nothingIsLostWhileSchemasChangeAndTheRegistryStandsStill() throws Exception {
    int taken = registry.register("reviews-value", TAKEN);
    List<ProducerRecord<byte[], byte[]>> bad =
        List.of(
            record("taken", AvroValues.numbered(taken, AvroValues.review(TAKEN, "x"))),
            record("tombstone", null));
    AvroEncoding encoding = AvroEncoding.registry(impatient);
    RegisteredSchema target =
        new RegisteredSchema(impatient, SubjectNaming.TOPIC, Registration.REGISTER);
    begin(
        bad.size() + 3 * PART,
        AvroText.field("body", encoding).enrichedBy("inference"),
        OutputFormat.enriched(encoding, "inference", target));

    topics.write(bad);
    topics.write(reviews("known-", first, REVIEW_1));
    await(() -> topics.committed("scored").size() == PART);

    int starts = Starts.COUNT.get(); // More than one where the registry was slow at first.
    server.signal("STOP");
    topics.write(reviews("still-", first, REVIEW_1));
    await(() -> topics.committed("scored").size() == 2 * PART);
    assertThat(Starts.COUNT).as("known schemas go on").hasValue(starts);

    topics.write(reviews("fresh-", second, REVIEW_2));
    await(() -> Starts.COUNT.get() > starts); // The job has failed for the new schema.
    server.signal("CONT");
    job.getJobExecutionResult().get();

    checkEnriched();
    Map<String, DeadLetter> dead = byKey("dead", DeadLetter.getDecoder()::decode);
    assertThat(dead).containsOnlyKeys("taken", "tombstone");
    assertThat(dead.get("taken").getReason()).isEqualTo("UNDECODABLE");
    assertThat(dead.get("tombstone").getReason()).isEqualTo("NULL_TEXT");
    assertThat(registry.latest("scored-value").schema())
        .isEqualTo(Enrichment.schema(REVIEW_2, "inference"));
  }

  private void checkEnriched() throws IOException {
    for (ConsumerRecord<byte[], byte[]> record : topics.committed("scored")) {
      assertThat(record.headers().lastHeader("inference.model").value())
          .asString()
          .isEqualTo("all-minilm-l6-v2");
      assertThat(record.headers().lastHeader("number")).isNotNull();
      assertThat(record.timestamp()).isEqualTo(1_000);
    }
    Map<String, GenericRecord> enriched = byKey("scored", this::decode);
    assertThat(enriched).hasSize(3 * PART);
    enriched.forEach(
        (key, read) -> {
          assertThat(read.get("body")).hasToString("The book " + key);
          GenericRecord result = (GenericRecord) read.get("inference");
          assertThat((List<?>) result.get("embedding")).hasSize(384);
          assertThat(((GenericRecord) result.get("model")).get("device")).hasToString("cpu");
          assertThat(read.hasField("time")).isEqualTo(key.startsWith("fresh-"));
        });
  }

  private GenericRecord decode(byte[] value) throws IOException {
    Schema schema = registry.schema(WireFormat.schemaId(value));
    int length = value.length - WireFormat.PREFIX;
    return new GenericDatumReader<GenericRecord>(schema)
        .read(null, DecoderFactory.get().binaryDecoder(value, WireFormat.PREFIX, length, null));
  }

  /** The values in a topic by their keys, of which none may come twice. */
  private <T> Map<String, T> byKey(
      String topic, FunctionWithException<byte[], T, IOException> decoder) throws IOException {
    Map<String, T> values = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : topics.committed(topic)) {
      T value = decoder.apply(record.value());
      assertThat(values.put(new String(record.key(), UTF_8), value)).as("once").isNull();
    }
    return values;
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

  /** Begins the job, which ends after so many records. */
  private void begin(int records, AvroText text, OutputFormat format) throws Exception {
    StreamExecutionEnvironment env = ScoringJob.stubborn();
    Map<TopicPartition, Long> end = Map.of(new TopicPartition("reviews", 0), (long) records);
    DataStream<KafkaText> reviews =
        env.fromSource(
                KafkaTexts.source(kafka.bootstrapServers(), "reviews")
                    .groupId("reviews")
                    .startingAt(OffsetsInitializer.earliest())
                    .boundedAt(OffsetsInitializer.offsets(end))
                    .build(),
                WatermarkStrategy.noWatermarks(),
                "reviews")
            .map(new Starts());
    ScoredStream<KafkaText, Embedding> scored =
        TextInference.on(reviews)
            .text(text)
            .model("all-minilm-l6-v2")
            .option(InferenceOptions.WARM_UP, false)
            .task(Tasks.embedding())
            .build();
    scored
        .results()
        .sinkTo(
            ScoredTexts.embeddings(kafka.bootstrapServers(), "scored")
                .format(format)
                .exactlyOnce("reviews")
                .build());
    scored
        .deadLetters()
        .sinkTo(DeadLetters.sink(kafka.bootstrapServers(), "dead").exactlyOnce("reviews").build());
    job = env.executeAsync("reviews");
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
