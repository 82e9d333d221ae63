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
    if (registry == null) {
      registry = new SchemaRegistry(options);
    }
    try {
      return registry.schema(WireFormat.schemaId(value));
    } catch (IllegalArgumentException e) {
      throw new UnscorableException(DeadLetterReason.UNDECODABLE, e.getMessage());
    } catch (RegistryException e) {
      if (e.isNotFound()) {
        throw new UnscorableException(DeadLetterReason.UNDECODABLE, e.getMessage());
      }
      throw new UnavailableException(e.getMessage(), e);
    }
  }

  @Override
  public int dataOffset() {
    return WireFormat.PREFIX;
  }
}
