package io.flinkinference.examples.job;

/** How often a consumer may see a result. */
enum Guarantee {
  EXACTLY_ONCE,
  AT_LEAST_ONCE
}
