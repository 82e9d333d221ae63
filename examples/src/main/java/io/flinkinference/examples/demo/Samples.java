package io.flinkinference.examples.demo;

import io.flinkinference.connectors.avro.LabelScore;
import io.flinkinference.connectors.avro.ScoredText;
import io.flinkinference.examples.figures.SampleText;
import java.util.List;
import java.util.TreeMap;

/**
 * Keeps a few scored texts for the screen, one from each equal share of all records: the first
 * there that is short enough to be shown whole, or else the first.
 *
 * <p>Thread safety: all methods may be called by any thread.
 */
final class Samples {

  private final int share;
  private final int width;
  private final TreeMap<Integer, Sample> kept = new TreeMap<>();

  /**
   * @param wanted how many texts to keep
   * @param records how many there will be
   * @param width characters that can be shown
   */
  Samples(int wanted, int records, int width) {
    this.share = Math.max(1, (records + wanted - 1) / wanted);
    this.width = width;
  }

  /** Looks at a result and keeps it if it is a better sample than the one that is there. */
  synchronized void offer(int number, ScoredText scored) {
    String text = scored.getText();
    List<LabelScore> labels = scored.getLabels();
    if (text == null || labels.size() < 2) {
      return;
    }
    boolean whole = text.length() <= width;
    Sample present = kept.get(number / share);
    if (present == null || isBetter(number, whole, present)) {
      SampleText shown = new SampleText(text, plain(labels.get(0)), plain(labels.get(1)));
      kept.put(number / share, new Sample(number, whole, shown));
    }
  }

  private static boolean isBetter(int number, boolean whole, Sample present) {
    return whole == present.whole ? number < present.number : whole;
  }

  /** The texts, in the order of their numbers. */
  synchronized List<SampleText> kept() {
    return kept.values().stream().map(Sample::shown).toList();
  }

  private static io.flinkinference.result.LabelScore plain(LabelScore label) {
    return new io.flinkinference.result.LabelScore(label.getLabel(), label.getScore());
  }

  private record Sample(int number, boolean whole, SampleText shown) {}
}
