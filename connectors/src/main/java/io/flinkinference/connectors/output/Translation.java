package io.flinkinference.connectors.output;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/**
 * Reads data of one schema and writes them with another that can read them, by Avro's rules of
 * schema resolution. Logical types stay the plain values that they are written as.
 *
 * <p><b>Thread safety:</b> for one thread; buffers are used again.
 */
final class Translation {

  private final Schema from;
  private final Schema to;
  private final GenericDatumReader<Object> reader;
  private final GenericDatumWriter<Object> writer;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
  private final BinaryEncoder out = EncoderFactory.get().binaryEncoder(bytes, null);
  private BinaryDecoder in;

  Translation(Schema from, Schema to) {
    GenericData values = new GenericData(); // Without conversions, which may not give the same.
    this.from = from;
    this.to = to;
    this.reader = new GenericDatumReader<>(from, to, values);
    this.writer = new GenericDatumWriter<>(to, values);
  }

  /**
   * Translates the data of a value.
   *
   * @param prefix what to write before the data
   * @param offset index of the first byte of the data, which end with the value
   */
  byte[] apply(byte[] prefix, byte[] value, int offset) {
    bytes.reset();
    try {
      in = DecoderFactory.get().binaryDecoder(value, offset, value.length - offset, in);
      Object datum = reader.read(null, in);
      out.writeFixed(prefix);
      writer.write(datum, out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(failure(), e);
    } catch (AvroRuntimeException e) {
      throw new IllegalStateException(failure(), e);
    }
    return bytes.toByteArray();
  }

  private String failure() {
    return "Data of the schema " + from + " cannot be written with the schema " + to + ".";
  }
}
