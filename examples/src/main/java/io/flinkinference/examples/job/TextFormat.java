package io.flinkinference.examples.job;

/** What the values of the source are. */
enum TextFormat {
  TEXT,
  JSON,
  AVRO
}
