package io.flinkinference.benchmarks.peers.job;

/**
 * A text on its way to the step that is measured.
 *
 * @param number its place in the load
 * @param subtask of the source that it is from
 * @param text what is to be scored
 */
public record NumberedText(long number, int subtask, String text) {}
