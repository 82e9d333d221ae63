package io.flinkinference.connectors.format;

import io.flinkinference.connectors.registry.RegistryException;
import io.flinkinference.connectors.registry.RegistryOptions;
import io.flinkinference.connectors.registry.SchemaRegistry;
import io.flinkinference.connectors.registry.WireFormat;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.UnavailableException;
import io.flinkinference.result.UnscorableException;
import org.apache.avro.Schema;

/** The number of a schema in a registry stands before the data. */
final class RegistryEncoding implements AvroEncoding {

  private static final long serialVersionUID = 1L;

  private final RegistryOptions options;
  private transient SchemaRegistry registry;

  RegistryEncoding(RegistryOptions options) {
    this.options = options;
  }

  @Override
  public Schema schema(byte[] value) {
    int id;
    try {
      id = WireFormat.schemaId(value);
    } catch (IllegalArgumentException e) {
      throw new UnscorableException(DeadLetterReason.UNDECODABLE, e.getMessage());
    }
    try {
      if (registry == null) {
        registry = new SchemaRegistry(options);
      }
      return registry.schema(id);
    } catch (RegistryException e) {
      if (e.isNotFound() || e.isUnusable()) {
        throw new UnscorableException(DeadLetterReason.UNDECODABLE, e.getMessage());
      }
      throw new UnavailableException(e.getMessage(), e);
    } catch (RuntimeException e) {
      // Whatever it is, it is not in the record.
      throw new UnavailableException("The schema registry cannot be asked.", e);
    }
  }

  @Override
  public int dataOffset() {
    return WireFormat.PREFIX;
  }

  @Override
  public boolean isRegistered() {
    return true;
  }
}
