/**
 * Kafka in and out: a source of texts, and sinks of scored texts and of dead letters.
 *
 * <p>Values are written in Avro's single-object encoding, unless another format is asked for: two
 * marker bytes, the fingerprint of the schema, the record. A consumer needs nothing but Avro and,
 * to see each record once, {@code isolation.level=read_committed}:
 *
 * <pre>{@code
 * BinaryMessageDecoder<ScoredText> decoder = ScoredText.getDecoder();
 * for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
 *   ScoredText scored = decoder.decode(record.value());
 * }
 * }</pre>
 *
 * <p>A consumer that must read values of older schemas too gives them to {@code decoder.addSchema}.
 * The schemas are in {@link io.flinkinference.connectors.avro.AvroSchemas}; docs/formats.md shows
 * all formats, in and out.
 */
package io.flinkinference.connectors;
