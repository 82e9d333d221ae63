package io.flinkinference.benchmarks.measure;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a benchmark runs.
 *
 * @param quick whether it only has to show that it works, in a minute; its figures mean little
 * @param model name or directory of the model
 * @param ownModel name or directory of another form of it, which the project alone runs where it is
 *     held against peers; the same as {@code model} unless one is named
 * @param fuse whether the project fuses the model when it loads it, where it is held against peers
 * @param texts a file of texts, one a line or the last column of a TSV; else texts are drawn from
 *     the Europarl corpus
 * @param rounds how often each side runs; the median counts
 * @param progress is told what is going on, a line each
 */
public record BenchmarkSettings(
    boolean quick,
    String model,
    String ownModel,
    boolean fuse,
    Optional<Path> texts,
    int rounds,
    Consumer<String> progress) {

  public BenchmarkSettings {
    if (rounds < 1) {
      throw new IllegalArgumentException("rounds is at least 1, not " + rounds + ".");
    }
  }
}
