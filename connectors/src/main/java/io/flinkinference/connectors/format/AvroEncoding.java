package io.flinkinference.connectors.format;

import io.flinkinference.connectors.registry.RegistryOptions;
import io.flinkinference.result.UnavailableException;
import io.flinkinference.result.UnscorableException;
import java.io.Serializable;
import java.util.List;
import org.apache.avro.Schema;

/**
 * How values say with which schema they were written.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
public interface AvroEncoding extends Serializable {

  /**
   * The schema that a value was written with.
   *
   * @throws UnscorableException if the value does not say it, or names one that there is not
   * @throws UnavailableException if nobody answers who knows it
   */
  Schema schema(byte[] value);

  /** Index of the first byte of the data. */
  int dataOffset();

  /** Whether the schemas are in a registry, so that a value names them by a number. */
  default boolean isRegistered() {
    return false;
  }

  /** Confluent's wire format: the number of a schema in a registry stands before the data. */
  static AvroEncoding registry(RegistryOptions options) {
    return new RegistryEncoding(options);
  }

  /**
   * Avro's single-object encoding: the fingerprint of a schema stands before the data.
   *
   * @param schemas all that values may have been written with, at least one
   */
  static AvroEncoding singleObject(Schema... schemas) {
    return new SingleObjectEncoding(List.of(schemas));
  }

  /** The data alone, all written with one schema. */
  static AvroEncoding bare(Schema schema) {
    return new BareEncoding(schema);
  }
}
