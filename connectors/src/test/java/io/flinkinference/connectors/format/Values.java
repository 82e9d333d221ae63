package io.flinkinference.connectors.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flinkinference.connectors.KafkaText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Kafka records with values of all kinds. */
final class Values {

  private Values() {}

  static KafkaText record(byte[] value) {
    return new KafkaText("reviews", 0, 7, -1, null, value, List.of());
  }

  static KafkaText record(String value) {
    return record(value.getBytes(UTF_8));
  }

  /** A prefix, and a value as Avro itself writes it. */
  static byte[] avro(byte[] prefix, Schema schema, Object value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(prefix);
    BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
    try {
      new GenericDatumWriter<>(schema).write(value, out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
