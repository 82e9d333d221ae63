package io.flinkinference.connectors.output;

import org.apache.avro.Schema;

/**
 * What is around the data of one schema's values.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
interface Frame {

  /** The schema that a reader of the finished value meets. */
  Schema schema();

  /** What an encoder writes before the data; must not be written to. */
  byte[] prefix();

  /**
   * Makes a value ready to be sent.
   *
   * @param value prefix and data, in an array of its own
   */
  byte[] finish(byte[] value);
}
