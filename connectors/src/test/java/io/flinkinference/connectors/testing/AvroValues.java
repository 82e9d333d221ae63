package io.flinkinference.connectors.testing;

import io.flinkinference.connectors.registry.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Values as Avro itself writes them, and a schema in two versions. */
public final class AvroValues {

  /** The first version. */
  public static final Schema REVIEW_1 =
      SchemaBuilder.record("shop.Review").fields().requiredString("body").endRecord();

  /** The next one, with a field before the text. */
  public static final Schema REVIEW_2 =
      SchemaBuilder.record("shop.Review")
          .fields()
          .optionalLong("time")
          .requiredString("body")
          .endRecord();

  /** A text with replies, which are of the same type. */
  public static final Schema THREAD =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "forum.Thread", "fields": [
                {"name": "text", "type": "string"},
                {"name": "replies", "type": {"type": "array", "items": "Thread"}},
                {"name": "quoted", "type": ["null", "Thread"], "default": null}]}
              """);

  private AvroValues() {}

  /** A review with all but its text left out. */
  public static GenericRecord review(Schema schema, String body) {
    return new GenericRecordBuilder(schema).set("body", body).build();
  }

  /** A text with a chain of replies. */
  public static GenericRecord thread(int depth) {
    GenericRecordBuilder thread = new GenericRecordBuilder(THREAD).set("text", "text " + depth);
    return thread
        .set("replies", depth == 0 ? List.of() : List.of(thread(depth - 1), thread(0)))
        .build();
  }

  /** The bytes of a thread that has a chain of replies, which may be longer than Avro writes. */
  public static byte[] nestedThread(int depth) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < depth; i++) {
      bytes.writeBytes(new byte[] {2, 'a', 2}); // A text, and one reply that begins.
    }
    bytes.writeBytes(new byte[] {2, 'a', 0, 0});
    for (int i = 0; i < depth; i++) {
      bytes.writeBytes(new byte[] {0, 0}); // No further reply, nothing quoted.
    }
    return bytes.toByteArray();
  }

  /** In the wire format. */
  public static byte[] numbered(int schemaId, GenericRecord record) {
    return encode(WireFormat.prefix(schemaId), record.getSchema(), record);
  }

  /** A prefix, and a value. */
  public static byte[] encode(byte[] prefix, Schema schema, Object value) {
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
