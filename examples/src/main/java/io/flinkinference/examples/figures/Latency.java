package io.flinkinference.examples.figures;

/**
 * How long records took.
 *
 * @param p50Millis half of them took no longer, in milliseconds
 * @param p99Millis 99 % of them took no longer, in milliseconds
 */
public record Latency(double p50Millis, double p99Millis) {}
