package io.flinkinference.tools.evaluate;

import io.flinkinference.tools.data.LabeledText;
import java.util.ArrayList;
import java.util.List;

/** What a model says about a labelled text. Immutable by agreement. */
public final class Prediction {

  /** In data of several labels, those with as much are predicted. */
  private static final double ENOUGH = 0.5;

  private final LabeledText row;
  private final double[] scores;

  /**
   * @param scores a probability for each of the model's labels; not copied
   */
  public Prediction(LabeledText row, double[] scores) {
    this.row = row;
    this.scores = scores;
  }

  /** The text with what people said. */
  public LabeledText row() {
    return row;
  }

  double score(int label) {
    return scores[label];
  }

  /** Index of the best label. */
  int top() {
    int top = 0;
    for (int i = 1; i < scores.length; i++) {
      top = scores[i] > scores[top] ? i : top;
    }
    return top;
  }

  /** The labels that the model gives. */
  List<String> predicted(List<String> labels, boolean multiLabel) {
    if (!multiLabel) {
      return List.of(labels.get(top()));
    }
    List<String> predicted = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      if (scores[i] >= ENOUGH) {
        predicted.add(labels.get(i));
      }
    }
    return predicted;
  }
}
