package io.flinkinference.examples.job;

/** What is written for a scored record. */
enum OutputKind {
  SCORED_TEXT,
  ENRICHED,
  PLAIN,
  JSON
}
