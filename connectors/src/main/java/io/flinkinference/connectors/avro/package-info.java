/**
 * The records that the sinks write: classes that are generated from the schemas in {@code
 * src/main/avro}, and these schemas themselves, which also lie in the jar.
 */
package io.flinkinference.connectors.avro;
