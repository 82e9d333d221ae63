package io.flinkinference.connectors.output;

import io.flinkinference.connectors.registry.RegisteredSchema;
import org.apache.avro.Schema;

/**
 * How a value names its schema.
 *
 * <p><b>Thread safety:</b> for one thread; each subtask of a sink has its own.
 */
@FunctionalInterface
interface Framing {

  /**
   * What is around the data of a schema's values. Asked for once for each schema, since it may wait
   * for a registry.
   */
  Frame frame(Schema schema);

  /**
   * The way that a format was asked for.
   *
   * @param target where to register schemas, or null for Avro's single-object encoding
   * @param topic that values are written to
   */
  static Framing of(RegisteredSchema target, String topic) {
    return target == null ? new SingleObjectFraming() : new RegistryFraming(target, topic);
  }
}
