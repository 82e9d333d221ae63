/**
 * Formats of what the sinks write: the values of Kafka records, made of scored texts. {@link
 * io.flinkinference.connectors.output.OutputFormat} names them; docs/formats.md shows each, and how
 * to read it.
 *
 * <p>A format is two things: what is written, by an encoder for each, and how a value names its
 * schema, by a framing: Avro's single-object encoding, or a registry's number.
 */
package io.flinkinference.connectors.output;
