package io.flinkinference.examples.job;

/** How a value of Avro says with which schema it was written. */
enum AvroForm {
  REGISTRY,
  SINGLE_OBJECT,
  BARE
}
