package io.flinkinference.tools.prune;

import io.flinkinference.tools.texts.SampleText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is taken out of a model, and how the rest is taught.
 *
 * @param neurons share of the neurons of the feed-forward parts
 * @param heads share of the heads of the attentions
 * @param layers how many whole layers
 * @param texts to recover on, each once: a held-out one is not learned from; empty not to
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
    Map<String, SampleText> once = new LinkedHashMap<>();
    texts.forEach(text -> once.putIfAbsent(text.text(), text));
    texts = List.copyOf(once.values());
    require(neurons >= 0 && neurons < 1, "share of neurons", neurons, "at least 0 and below 1");
    require(heads >= 0 && heads < 1, "share of heads", heads, "at least 0 and below 1");
    require(layers >= 0, "number of layers to take out", layers, "at least 0");
    require(epochs > 0, "number of epochs", epochs, "at least 1");
    require(rate > 0 && rate < 1, "rate", rate, "between 0 and 1");
    if (!texts.isEmpty() && texts.size() < FEWEST_TEXTS) {
      throw new IllegalArgumentException(
          "There are %d different texts to recover on. Give at least %d; thousands are better."
              .formatted(texts.size(), FEWEST_TEXTS));
    }
  }

  private static void require(boolean good, String name, Number found, String wanted) {
    if (!good) {
      throw new IllegalArgumentException(
          "The " + name + " is " + found + "; it has to be " + wanted + ".");
    }
  }

  /** Whether anything is taken out. */
  public boolean prunes() {
    return neurons > 0 || heads > 0 || layers > 0;
  }
}
