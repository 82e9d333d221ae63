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
 * @param rows scores and ranks the labels; merges by {@link WindowMerge#MAX} for that, else by a
 *     mean of the scores
 * @param labels which is which
 */
record InferenceDecoder(ScoreDecoder rows, InferenceLabels labels)
    implements TaskDecoder<Classification>, PartDecoder<float[], Classification> {

  @Override
  public Classification decode(TokenBatch batch, int row, Outputs outputs) {
    return rows.decode(batch, row, outputs);
  }

  @Override
  public float[] decodePart(TokenBatch batch, int row, Outputs outputs) {
    return rows.decodePart(batch, row, outputs);
  }

  @Override
  public float[] mergeWindows(List<Window> windows, List<float[]> parts) {
    if (rows.merge() != WindowMerge.MAX) {
      return rows.mergeWindows(windows, parts);
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
    return rows.finish(inputs);
  }

  @Override
  public PartDecoder<float[], Classification> parts() {
    return this;
  }

  @Override
  public TaskDecoder<Classification> merging(WindowMerge other) {
    return new InferenceDecoder(rows.merging(other), labels);
  }

  @Override
  public Classification emptyResult() {
    return rows.emptyResult();
  }
}
