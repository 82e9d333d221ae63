/**
 * Texts in records of other forms: the text extractors of JSON and of Avro. A source keeps the
 * bytes of a record as they came, and these read the text when it is asked for. So a record that
 * cannot be read becomes a dead letter with its own bytes, and the others go on.
 */
package io.flinkinference.connectors.format;
