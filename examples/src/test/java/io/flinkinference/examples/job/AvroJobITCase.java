package io.flinkinference.examples.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.connectors.registry.RegistryOptions;
import io.flinkinference.connectors.registry.SchemaRegistry;
import io.flinkinference.connectors.registry.SubjectNaming;
import io.flinkinference.connectors.registry.WireFormat;
import io.flinkinference.local.LocalKafka;
import io.flinkinference.local.LocalSchemaRegistry;
import io.flinkinference.local.LocalTopics;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From Avro to enriched Avro by a real registry, as a file says it. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
final class AvroJobITCase {

  private static final String TICKET =
      """
      {"type": "record", "name": "Ticket", "namespace": "desk", "fields": [
        {"name": "opened", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "message", "type": {"type": "record", "name": "Message", "fields": [
          {"name": "subject", "type": ["null", "string"], "default": null},
          {"name": "body", "type": "string"}]}}%s]}
      """;
  private static final Schema FIRST = new Schema.Parser().parse(TICKET.formatted(""));
  private static final Schema SECOND =
      new Schema.Parser()
          .parse(
              TICKET.formatted(
                  """
                  , {"name": "tags", "type": {"type": "array", "items": "string"}, "default": []}
                  """));

  @TempDir Path directory;

  @Test
  void ticketsKeepTheirFieldsAndGetOneMore() throws Exception {
    Path home = Path.of(System.getProperty("schema-registry.home"));
    try (LocalKafka kafka = LocalKafka.start();
        LocalSchemaRegistry server = LocalSchemaRegistry.start(home, directory)) {
      for (String topic : List.of("tickets", "enriched", "dead")) {
        kafka.createTopic(topic, 1);
      }
      SchemaRegistry registry = new SchemaRegistry(RegistryOptions.at(server.url()));
      LocalTopics topics = new LocalTopics(kafka.bootstrapServers());
      topics.write(
          "tickets",
          List.of(
              ticket(registry, FIRST, "My invoice is wrong."),
              new byte[] {0, 0, 0, 0, 99, 1},
              ticket(registry, SECOND, "The parcel is late.")));

      run(kafka, server);

      List<ConsumerRecord<byte[], byte[]>> enriched = topics.committed("enriched");
      assertThat(enriched).hasSize(2);
      GenericRecord first = read(registry, enriched.get(0).value());
      assertThat(((GenericRecord) first.get("message")).get("body"))
          .hasToString("My invoice is wrong.");
      assertThat(best(first)).isEqualTo("money");
      GenericRecord second = read(registry, enriched.get(1).value());
      assertThat((List<?>) second.get("tags")).hasSize(1);
      assertThat(best(second)).isEqualTo("delivery");
      assertThat(enriched.get(0).headers().lastHeader("inference.model").value())
          .asString()
          .isEqualTo("all-minilm-l6-v2");
      assertThat(topics.committed("dead")).hasSize(1);
      assertThat(registry.latest("enriched-value").schema().getField("topic")).isNotNull();
    }
  }

  private void run(LocalKafka kafka, LocalSchemaRegistry registry) throws Exception {
    JobSettings job =
        JobFiles.read(
            """
            name: tickets
            parallelism: 1
            kafka: {bootstrap-servers: "%s"}
            schema-registry: {url: "%s"}
            source:
              topics: [tickets]
              bounded: true
              format: avro
              field: message.body
            model: all-minilm-l6-v2
            inference: {batch.warm-up: false}
            task:
              type: zero-shot
              labels: {money: an invoice or a payment, delivery: the delivery of a parcel}
            order: ordered
            output: {topic: enriched, format: enriched, field: topic}
            dead-letters: {topic: dead}
            checkpoints: {interval: 500 ms, directory: "%s"}
            delivery: {guarantee: exactly-once}
            """
                .formatted(
                    kafka.bootstrapServers(), registry.url(), directory.resolve("checkpoints")));
    Path work = Files.createTempDirectory(directory, "work");
    new LocalRun(job, new PrintWriter(Writer.nullWriter())).run(work, false);
  }

  private static String best(GenericRecord record) {
    List<?> labels = (List<?>) ((GenericRecord) record.get("topic")).get("labels");
    return ((GenericRecord) labels.get(0)).get("label").toString();
  }

  private static byte[] ticket(SchemaRegistry registry, Schema schema, String body)
      throws Exception {
    int id = registry.register(SubjectNaming.TOPIC.subject("tickets", schema), schema);
    GenericRecordBuilder ticket =
        new GenericRecordBuilder(schema)
            .set("opened", 1_700_000_000_000L)
            .set(
                "message",
                new GenericRecordBuilder(schema.getField("message").schema())
                    .set("body", body)
                    .build());
    if (schema.getField("tags") != null) {
      ticket.set("tags", List.of("urgent"));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(WireFormat.prefix(id));
    BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
    new GenericDatumWriter<>(schema).write(ticket.build(), out);
    return bytes.toByteArray();
  }

  private static GenericRecord read(SchemaRegistry registry, byte[] value) throws Exception {
    Schema schema = registry.schema(WireFormat.schemaId(value));
    int from = WireFormat.PREFIX;
    return new GenericDatumReader<GenericRecord>(schema)
        .read(null, DecoderFactory.get().binaryDecoder(value, from, value.length - from, null));
  }
}
