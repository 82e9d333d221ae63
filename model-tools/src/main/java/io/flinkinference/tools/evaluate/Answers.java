package io.flinkinference.tools.evaluate;

import io.flinkinference.tools.data.BadRow;
import java.util.List;

/**
 * What a model said about a file.
 *
 * @param labels of the model, in the order of the scores
 * @param predictions of the rows that it scored
 * @param bad rows that it could not score, or whose labels it cannot give
 * @param multiLabel whether it gives several labels
 */
public record Answers(
    List<String> labels, List<Prediction> predictions, List<BadRow> bad, boolean multiLabel) {

  public Answers {
    labels = List.copyOf(labels);
    predictions = List.copyOf(predictions);
    bad = List.copyOf(bad);
  }
}
