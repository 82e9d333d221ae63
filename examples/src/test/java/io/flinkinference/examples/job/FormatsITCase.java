package io.flinkinference.examples.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flinkinference.connectors.avro.AvroSchemas;
import io.flinkinference.connectors.avro.DeadLetter;
import io.flinkinference.connectors.format.Enrichment;
import io.flinkinference.connectors.registry.RegistryOptions;
import io.flinkinference.connectors.registry.SchemaRegistry;
import io.flinkinference.connectors.registry.WireFormat;
import io.flinkinference.examples.cluster.LocalFlink;
import io.flinkinference.examples.cluster.RunningJob;
import io.flinkinference.local.LocalKafka;
import io.flinkinference.local.LocalSchemaRegistry;
import io.flinkinference.local.LocalTopics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each format in and each out, as files of jobs say them, through a real broker and a real
 * registry, and read back by Avro alone. Beside each good record stands one that cannot be read.
 */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
final class FormatsITCase {

  private static final String TEXT = "My invoice is wrong.";
  private static final byte[] NO_SCHEMA = {0, 0, 0, 0, 99, 1};
  private static final Schema NOTE =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "desk.Note", "fields": [
                {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                {"name": "body", "type": "string"}]}
              """);

  @TempDir private static Path directory;

  private static LocalKafka kafka;
  private static LocalSchemaRegistry server;
  private static SchemaRegistry registry;
  private static LocalTopics topics;

  private final List<RunningJob> jobs = new ArrayList<>();

  /** What makes of a value the label that it says. */
  private interface Reader {
    Object label(byte[] value) throws IOException;
  }

  @BeforeAll
  static void start() throws Exception {
    kafka = LocalKafka.start();
    server =
        LocalSchemaRegistry.start(Path.of(System.getProperty("schema-registry.home")), directory);
    registry = new SchemaRegistry(RegistryOptions.at(server.url()));
    topics = new LocalTopics(kafka.bootstrapServers());
    Files.writeString(directory.resolve("note.avsc"), NOTE.toString());
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
    kafka.close();
  }

  @Test
  void eachGoesThroughKafka() throws Exception {
    String files = ", avro-schemas: [\"" + directory.resolve("note.avsc") + "\"]";
    byte[] bare = bare();
    byte[] single =
        new BinaryMessageEncoder<GenericRecord>(new GenericData(), NOTE).encode(note()).array();
    byte[] numbered = join(WireFormat.prefix(registry.register("notes-value", NOTE)), bare);
    Path work = Files.createDirectory(directory.resolve("work"));
    try (LocalFlink flink = LocalFlink.start(6, work)) {
      submit(flink, "a", "format: text", "format: json", TEXT.getBytes(UTF_8), new byte[] {-1});
      submit(
          flink,
          "b",
          "format: json, field: /body",
          "format: plain, avro-encoding: single-object",
          ("{\"body\": \"" + TEXT + "\"}").getBytes(UTF_8),
          "{".getBytes(UTF_8));
      submit(
          flink,
          "c",
          "format: avro, field: body, avro-encoding: single-object" + files,
          "format: enriched, avro-encoding: single-object",
          single,
          bare);
      submit(
          flink,
          "d",
          "format: avro, field: body, avro-encoding: bare" + files,
          "format: enriched",
          bare,
          Arrays.copyOf(bare, bare.length - 1));
      submit(flink, "e", "format: avro, field: body", "format: plain", numbered, NO_SCHEMA);
      submit(flink, "f", "format: avro, field: body", "format: scored-text", numbered, NO_SCHEMA);
      for (RunningJob job : jobs) {
        job.awaitEnd();
      }
    }
    checkLabel("a", value -> new ObjectMapper().readTree(value).at("/labels/0/label").asText());
    checkLabel("b", value -> single(AvroSchemas.bestLabel(), value).get("label"));
    checkLabel(
        "c", value -> best(single(Enrichment.schema(NOTE, "inference"), value).get("inference")));
    checkLabel("d", value -> best(numbered(value).get("inference")));
    checkLabel("e", value -> numbered(value).get("label"));
    checkLabel("f", value -> best(numbered(value)));
  }

  private void submit(
      LocalFlink flink, String name, String source, String output, byte[] good, byte[] bad)
      throws Exception {
    for (String topic : List.of(name, name + "-out", name + "-dead")) {
      kafka.createTopic(topic, 1);
    }
    topics.write(name, List.of(good, bad));
    ScoringPipeline job =
        new ScoringPipeline(
            JobFiles.read(
                """
                name: %1$s
                parallelism: 1
                kafka: {bootstrap-servers: "%2$s"}
                schema-registry: {url: "%3$s"}
                source: {topics: [%1$s], bounded: true, %4$s}
                model: all-minilm-l6-v2
                inference: {batch.warm-up: false}
                task:
                  type: zero-shot
                  labels: {money: an invoice or a payment, delivery: the delivery of a parcel}
                output: {topic: %1$s-out, %5$s}
                dead-letters: {topic: %1$s-dead}
                checkpoints: {interval: 500 ms}
                delivery: {guarantee: exactly-once}
                """
                    .formatted(name, kafka.bootstrapServers(), server.url(), source, output)));
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    job.build(env);
    job.askKafka(env);
    jobs.add(RunningJob.submit(env.getStreamGraph().getJobGraph(), flink.cluster()));
  }

  private static void checkLabel(String name, Reader reader) throws IOException {
    List<ConsumerRecord<byte[], byte[]>> scored = topics.committed(name + "-out");
    assertThat(scored).as(name).hasSize(1);
    assertThat(reader.label(scored.get(0).value())).as(name).hasToString("money");
    assertThat(scored.get(0).key()).as(name).asString().isEqualTo("0");
    List<ConsumerRecord<byte[], byte[]>> dead = topics.committed(name + "-dead");
    assertThat(dead).as(name).hasSize(1);
    assertThat(DeadLetter.getDecoder().decode(dead.get(0).value()).getReason())
        .as(name)
        .isEqualTo("UNDECODABLE");
  }

  private static Object best(Object result) {
    List<?> labels = (List<?>) ((GenericRecord) result).get("labels");
    return ((GenericRecord) labels.get(0)).get("label");
  }

  private static GenericRecord single(Schema schema, byte[] value) throws IOException {
    return new BinaryMessageDecoder<GenericRecord>(new GenericData(), schema).decode(value);
  }

  private static GenericRecord numbered(byte[] value) throws IOException {
    int from = WireFormat.PREFIX;
    return new GenericDatumReader<GenericRecord>(registry.schema(WireFormat.schemaId(value)))
        .read(null, DecoderFactory.get().binaryDecoder(value, from, value.length - from, null));
  }

  private static GenericRecord note() {
    return new GenericRecordBuilder(NOTE).set("at", 1_700_000_000_000L).set("body", TEXT).build();
  }

  private static byte[] bare() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(NOTE).write(note(), out);
    return bytes.toByteArray();
  }

  private static byte[] join(byte[] prefix, byte[] data) {
    byte[] value = Arrays.copyOf(prefix, prefix.length + data.length);
    System.arraycopy(data, 0, value, prefix.length, data.length);
    return value;
  }
}
