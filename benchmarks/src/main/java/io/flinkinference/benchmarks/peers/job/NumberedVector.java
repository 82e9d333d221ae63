package io.flinkinference.benchmarks.peers.job;

/**
 * What a step made of a text.
 *
 * @param number the place of the text in the load
 * @param vector of the text
 */
@SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
public record NumberedVector(long number, float[] vector) {}
