package io.flinkinference.tools.command;

import io.flinkinference.tools.prune.PruneOptions;
import io.flinkinference.tools.texts.SampleTexts;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** What is taken out of a model, as options of a command. */
final class PruneArguments {

  @Option(
      names = "--prune-neurons",
      paramLabel = "SHARE",
      description = {
        "Take out this share of the neurons of the feed-forward parts, those first that change the"
            + " outputs least, on the texts of --recover-texts or else --verify."
      })
  private double neurons;

  @Option(
      names = "--prune-heads",
      paramLabel = "SHARE",
      description = "The same for the heads of the attentions; each layer keeps one.")
  private double heads;

  @Option(
      names = "--prune-layers",
      paramLabel = "N",
      description = "Take out N whole layers, those without which the outputs change least.")
  private int layers;

  @Option(
      names = "--recover-texts",
      paramLabel = "FILE",
      description = {
        "Texts like those that the model will get, one a line, without labels: on them what is left"
            + " is taught to answer as the original. Thousands are better than hundreds."
      })
  private Path texts;

  @Option(
      names = "--recover-epochs",
      paramLabel = "N",
      description = "Passes over these texts at most. Default: ${DEFAULT-VALUE}.")
  private int epochs = PruneOptions.EPOCHS;

  @Option(
      names = "--recover-rate",
      paramLabel = "NUMBER",
      description = "How far weights go in a step. Default: ${DEFAULT-VALUE}.")
  private double rate = PruneOptions.RATE;

  /**
   * The options.
   *
   * @throws IllegalArgumentException if they contradict each other
   */
  PruneOptions options() {
    PruneOptions options =
        new PruneOptions(
            neurons,
            heads,
            layers,
            texts == null ? List.of() : SampleTexts.read(texts),
            epochs,
            rate);
    if (texts != null && !options.prunes()) {
      throw new IllegalArgumentException(
          "--recover-texts is given, but nothing is taken out. Set --prune-neurons, --prune-heads"
              + " or --prune-layers.");
    }
    return options;
  }
}
