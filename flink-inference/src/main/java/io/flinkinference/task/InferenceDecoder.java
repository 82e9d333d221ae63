package io.flinkinference.task;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.Outputs;
import io.flinkinference.result.Classification;
import io.flinkinference.text.Window;
import java.util.List;

/**
 * Reads whether a premise entails a hypothesis. Of a premise in windows the one decides that says
 * most: one passage that entails or contradicts is enough, however many say nothing (as in SummaC,
 * Laban et al. 2022, where the greatest entailment of all passages counts). Where the model has a
 * label beside these two, that is the window with the least of it, else the one with the greatest
 * entailment.
 *
 * @param rows reads and ranks the labels
 * @param labels which is which
 * @param merge {@link WindowMerge#MAX} for that, else a mean of the scores
 */
record InferenceDecoder(LabelDecoder rows, InferenceLabels labels, WindowMerge merge)
    implements TaskDecoder<Classification>, PartDecoder<float[], Classification> {

  @Override
  public Classification decode(TokenBatch batch, int row, Outputs outputs) {
    return rows.decode(batch, row, outputs);
  }

  @Override
  public float[] decodePart(TokenBatch batch, int row, Outputs outputs) {
    return rows.scores(batch, row, outputs);
  }

  @Override
  public float[] mergeWindows(List<Window> windows, List<float[]> parts) {
    if (merge != WindowMerge.MAX) {
      return merge.merge(windows, parts);
    }
    float[] telling = parts.get(0);
    for (float[] part : parts) {
      telling = says(part) > says(telling) ? part : telling;
    }
    return telling;
  }

  private float says(float... scores) {
    float entailment = scores[labels.entailment()];
    return scores.length == 2 ? entailment : entailment + scores[labels.contradiction()];
  }

  @Override
  public Classification finish(List<float[]> inputs) {
    return rows.rank(inputs.get(0));
  }

  @Override
  public PartDecoder<float[], Classification> parts() {
    return this;
  }

  @Override
  public TaskDecoder<Classification> merging(WindowMerge other) {
    return new InferenceDecoder(rows, labels, other.or(merge));
  }

  @Override
  public Classification emptyResult() {
    return Classification.EMPTY;
  }
}
