package io.flinkinference.connectors.replay;

import io.flinkinference.connectors.avro.DeadLetter;
import io.flinkinference.connectors.format.AvroBytes;
import io.flinkinference.connectors.format.AvroEncoding;
import io.flinkinference.connectors.registry.RegistryOptions;
import io.flinkinference.result.UnavailableException;
import io.flinkinference.result.UnscorableException;
import java.io.IOException;
import java.util.IdentityHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;

/**
 * Reads dead letters in the encoding in which each is: Avro's single-object encoding or, where a
 * registry is given, Confluent's wire format. Belongs to the thread of one replay.
 */
final class LetterDecoder {

  private static final byte WIRE_FORMAT = 0;

  private final AvroEncoding singleObject = AvroEncoding.singleObject(DeadLetter.getClassSchema());
  private final AvroEncoding registry;
  private final IdentityHashMap<Schema, SpecificDatumReader<DeadLetter>> readers =
      new IdentityHashMap<>();
  private BinaryDecoder decoder;

  /**
   * @param registry of schemas, or null where there is none
   */
  LetterDecoder(RegistryOptions registry) {
    this.registry = registry == null ? null : AvroEncoding.registry(registry);
  }

  /**
   * Reads a letter.
   *
   * @throws UnreadableLetterException if the value is none
   * @throws UnavailableException if the registry does not answer
   */
  DeadLetter decode(byte[] value) throws UnreadableLetterException {
    if (value == null) {
      throw new UnreadableLetterException("It has no value.");
    }
    AvroEncoding encoding = encoding(value);
    try {
      Schema written = encoding.schema(value);
      AvroBytes.check(written, value, encoding.dataOffset());
      return read(written, value, encoding.dataOffset());
    } catch (UnscorableException | IllegalArgumentException e) {
      throw new UnreadableLetterException(e.getMessage());
    } catch (IOException | AvroRuntimeException e) {
      // The class alone: what Avro says may quote the value.
      throw new UnreadableLetterException(
          "It cannot be read as a dead letter: " + e.getClass().getSimpleName() + ".");
    }
  }

  private AvroEncoding encoding(byte[] value) throws UnreadableLetterException {
    if (value.length == 0 || value[0] != WIRE_FORMAT) {
      return singleObject;
    }
    if (registry == null) {
      throw new UnreadableLetterException(
          "It begins with the byte 0, as where a registry knows the schema. Give the registry.");
    }
    return registry;
  }

  private DeadLetter read(Schema written, byte[] value, int from) throws IOException {
    decoder = DecoderFactory.get().binaryDecoder(value, from, value.length - from, decoder);
    return readers
        .computeIfAbsent(
            written, schema -> new SpecificDatumReader<>(schema, DeadLetter.getClassSchema()))
        .read(null, decoder);
  }
}
