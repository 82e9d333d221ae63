package io.flinkinference.task;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.Outputs;
import io.flinkinference.result.Classification;
import io.flinkinference.text.Window;
import java.util.List;
import java.util.function.Function;

/**
 * Merges the windows of a text by the scores that each has for all labels, before the best are
 * chosen.
 *
 * <p>Scores are merged, not the raw values behind them: these are on no scale that windows share,
 * so that one sure window would outweigh all others, and the mean of scores stays between those of
 * the windows.
 *
 * @param rows reads the scores of a row
 * @param merge not {@link WindowMerge#AS_TASK}
 * @param ranking makes the result
 */
record ScoreParts(Rows rows, WindowMerge merge, Function<float[], Classification> ranking)
    implements PartDecoder<float[], Classification> {

  /** Reads the scores of a row. */
  @FunctionalInterface
  interface Rows {
    /** One for each label, new. */
    float[] read(TokenBatch batch, int row, Outputs outputs);
  }

  @Override
  public float[] decodePart(TokenBatch batch, int row, Outputs outputs) {
    return rows.read(batch, row, outputs);
  }

  @Override
  public float[] mergeWindows(List<Window> windows, List<float[]> parts) {
    return merge.merge(windows, parts);
  }

  @Override
  public Classification finish(List<float[]> inputs) {
    return ranking.apply(inputs.get(0));
  }
}
