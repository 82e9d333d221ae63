package io.flinkinference.connectors.output;

import io.flinkinference.connectors.format.Enrichment;
import io.flinkinference.result.UnscorableException;
import java.io.IOException;
import org.apache.avro.Schema;

/**
 * How records of one schema are enriched.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
final class EnrichedForm {

  private static final byte[] NONE = {};

  private final Frame frame;

  /** Gives the records inside a record the field too, or null where there are none of its type. */
  private final Translation nesting;

  private EnrichedForm(Frame frame, Translation nesting) {
    this.frame = frame;
    this.nesting = nesting;
  }

  /**
   * Derives the schema with the field, and has it framed.
   *
   * @throws UnscorableException if records of the schema cannot be enriched
   */
  static EnrichedForm of(Schema schema, String field, Framing framing) {
    Schema enriched = Enrichment.schema(schema, field);
    Frame frame = framing.frame(enriched);
    if (!Fields.takes(frame.schema(), field)) {
      throw new IllegalStateException(
          "Results would be lost: the schema "
              + frame.schema()
              + ", which is to be used, has no field "
              + field
              + ". Register one that has, or let the sink do so (REGISTER).");
    }
    return new EnrichedForm(
        frame, Recursion.isRecursive(schema) ? new Translation(schema, enriched) : null);
  }

  /**
   * Puts the added field behind a record.
   *
   * @param from index of the first byte of the record's data
   * @param added holds the field
   */
  byte[] join(byte[] value, int from, AvroBuffer added) throws IOException {
    if (nesting == null) {
      return frame.finish(added.end(frame.prefix(), value, from, value.length));
    }
    // The outermost record got the field too; its null is one byte, the last.
    byte[] data = nesting.apply(NONE, value, from);
    return frame.finish(added.end(frame.prefix(), data, 0, data.length - 1));
  }
}
