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
 */
record LabelDecoder(Logits logits, List<String> labels, ScoreFunction function)
    implements TaskDecoder<Classification> {

  @Override
  public Classification decode(TokenBatch batch, int row, Outputs outputs) {
    float[] scores = logits.read(batch, row, outputs);
    function.apply(scores);
    return Scores.rank(labels, scores, scores.length);
  }

  @Override
  public Classification emptyResult() {
    return Classification.EMPTY;
  }
}
