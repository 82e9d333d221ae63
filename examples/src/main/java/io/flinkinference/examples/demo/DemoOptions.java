package io.flinkinference.examples.demo;

import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * What the user asked of a demo.
 *
 * @param records most texts to send, or empty for all of {@code input}, or for the default
 * @param input a file with one text a line, or null for sentences of the European Parliament
 * @param model name of a bundled model
 * @param labels a file with topics, or null for those that suit the European Parliament
 * @param parallelism of the job, at least 1
 * @param ordered whether results keep the order of the texts
 * @param keep whether everything runs on after the summary, until the program is ended
 */
public record DemoOptions(
    OptionalInt records,
    Path input,
    String model,
    Path labels,
    int parallelism,
    boolean ordered,
    boolean keep) {}
