package io.flinkinference.tools.optimize;

import io.flinkinference.model.GraphChoice;
import io.flinkinference.tools.parity.ParityLimits;
import io.flinkinference.tools.prune.PruneOptions;
import io.flinkinference.tools.texts.SampleText;
import java.nio.file.Path;
import java.util.List;

/**
 * What is to be optimised, and how it is tried.
 *
 * @param model a directory, a graph in one, or the name of a bundled model
 * @param choice which of its graphs
 * @param form to be made
 * @param out directory to be written
 * @param texts on which both are compared
 * @param vocabulary texts whose tokens are kept while others are taken out; empty to keep all
 * @param pruning what is taken out of the graph
 * @param limits that the answers have to reach
 * @param turns of each model when the speed is measured
 */
public record OptimizeSettings(
    String model,
    GraphChoice choice,
    Form form,
    Path out,
    List<SampleText> texts,
    List<SampleText> vocabulary,
    PruneOptions pruning,
    ParityLimits limits,
    int turns) {

  public OptimizeSettings {
    texts = List.copyOf(texts);
    vocabulary = List.copyOf(vocabulary);
    if (turns < 1) {
      throw new IllegalArgumentException("turns is at least 1, not " + turns + ".");
    }
  }
}
