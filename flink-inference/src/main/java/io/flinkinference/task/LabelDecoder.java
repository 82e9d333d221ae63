package io.flinkinference.task;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.Outputs;
import io.flinkinference.result.Classification;
import java.util.List;

/**
 * Ranks the labels of one output.
 *
 * @param logits where their raw scores are
 * @param labels in the order of the output
 * @param function makes scores of them
 * @param merge of windows
 */
record LabelDecoder(Logits logits, List<String> labels, ScoreFunction function, WindowMerge merge)
    implements TaskDecoder<Classification> {

  @Override
  public Classification decode(TokenBatch batch, int row, Outputs outputs) {
    return rank(scores(batch, row, outputs));
  }

  float[] scores(TokenBatch batch, int row, Outputs outputs) {
    float[] scores = logits.read(batch, row, outputs);
    function.apply(scores);
    return scores;
  }

  Classification rank(float... scores) {
    return Scores.rank(labels, scores, scores.length);
  }

  @Override
  public PartDecoder<float[], Classification> parts() {
    return new ScoreParts(this::scores, merge, this::rank);
  }

  @Override
  public TaskDecoder<Classification> merging(WindowMerge other) {
    return new LabelDecoder(logits, labels, function, other.or(merge));
  }

  @Override
  public Classification emptyResult() {
    return Classification.EMPTY;
  }
}
