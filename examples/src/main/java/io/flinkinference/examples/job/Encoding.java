package io.flinkinference.examples.job;

/** How a value of Avro says with which schema it was written. */
enum Encoding {
  REGISTRY,
  SINGLE_OBJECT,
  BARE
}
