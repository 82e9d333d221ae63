package io.flinkinference.examples.job;

/** What can be asked of a model. */
enum TaskType {
  TEXT_CLASSIFICATION,
  EMBEDDING,
  ZERO_SHOT
}
