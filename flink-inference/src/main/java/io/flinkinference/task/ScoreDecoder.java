package io.flinkinference.task;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.Outputs;
import io.flinkinference.result.Classification;
import io.flinkinference.text.Window;
import java.util.List;
import java.util.function.Function;

/**
 * Ranks labels by scores that each row has for all of them. Windows of a text are merged by these,
 * before the best are chosen.
 *
 * <p>Scores are merged, not the raw values behind them: these are on no scale that windows share,
 * so that one sure window would outweigh all others, and the mean of scores stays between those of
 * the windows.
 *
 * @param scores of a row
 * @param merge of windows, unless it is said; not {@link WindowMerge#AS_TASK}
 * @param ranking makes the result, and may write to what it is given
 */
record ScoreDecoder(RowScores scores, WindowMerge merge, Function<float[], Classification> ranking)
    implements TaskDecoder<Classification>, PartDecoder<float[], Classification> {

  /** Reads the scores of a row. */
  @FunctionalInterface
  interface RowScores {
    /** One for each label, new. */
    float[] read(TokenBatch batch, int row, Outputs outputs);
  }

  @Override
  public Classification decode(TokenBatch batch, int row, Outputs outputs) {
    return ranking.apply(scores.read(batch, row, outputs));
  }

  @Override
  public float[] decodePart(TokenBatch batch, int row, Outputs outputs) {
    return scores.read(batch, row, outputs);
  }

  @Override
  public float[] mergeWindows(List<Window> windows, List<float[]> parts) {
    return merge.merge(windows, parts);
  }

  @Override
  public Classification finish(List<float[]> inputs) {
    return ranking.apply(inputs.get(0));
  }

  @Override
  public PartDecoder<float[], Classification> parts() {
    return this;
  }

  @Override
  public ScoreDecoder merging(WindowMerge other) {
    return new ScoreDecoder(scores, other.or(merge), ranking);
  }

  @Override
  public Classification emptyResult() {
    return Classification.EMPTY;
  }
}
