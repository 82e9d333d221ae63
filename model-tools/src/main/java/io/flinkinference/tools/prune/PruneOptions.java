package io.flinkinference.tools.prune;

import io.flinkinference.tools.texts.SampleText;
import java.util.List;

/**
 * What is taken out of a model, and how the rest is taught.
 *
 * @param neurons share of the neurons of the feed-forward parts
 * @param heads share of the heads of the attentions
 * @param layers how many whole layers
 * @param texts to recover on; empty not to
 * @param epochs passes over these, at most
 * @param rate by which a weight changes in a step, at most about
 */
public record PruneOptions(
    double neurons, double heads, int layers, List<SampleText> texts, int epochs, double rate) {

  /** Passes over the texts where nothing is said. */
  public static final int EPOCHS = 3;

  /** The rate where nothing is said. */
  public static final double RATE = 3e-4;

  /** Takes nothing out. */
  public static final PruneOptions NONE = new PruneOptions(0, 0, 0, List.of(), EPOCHS, RATE);

  /** With fewer there is too little to learn from, and to hold out. */
  private static final int FEWEST_TEXTS = 100;

  public PruneOptions {
    texts = List.copyOf(texts);
    requireShare(neurons, "neurons");
    requireShare(heads, "heads");
    if (layers < 0 || epochs < 1 || !(rate > 0 && rate < 1)) {
      throw new IllegalArgumentException(
          "Layers are at least 0, epochs at least 1, and the rate is between 0 and 1; not %d, %d and %s."
              .formatted(layers, epochs, rate));
    }
    if (!texts.isEmpty() && texts.size() < FEWEST_TEXTS) {
      throw new IllegalArgumentException(
          "There are %d texts to recover on. Give at least %d; thousands are better."
              .formatted(texts.size(), FEWEST_TEXTS));
    }
  }

  private static void requireShare(double share, String name) {
    if (!(share >= 0 && share < 1)) {
      throw new IllegalArgumentException(
          "The share of %s to take out is at least 0 and below 1, not %s.".formatted(name, share));
    }
  }

  /** Whether anything is taken out. */
  public boolean prunes() {
    return neurons > 0 || heads > 0 || layers > 0;
  }
}
