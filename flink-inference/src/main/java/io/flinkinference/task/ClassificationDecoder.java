package io.flinkinference.task;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.FloatTensor;
import io.flinkinference.engine.Outputs;
import io.flinkinference.result.Classification;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.UnscorableException;
import java.util.List;

/** Reads the labels of each text from logits [rows, labels]. */
final class ClassificationDecoder implements TaskDecoder<Classification> {

  private final String output;
  private final List<String> labels;
  private final ScoreFunction function;
  private final int topK;
  private final double threshold;

  /** Without a threshold. */
  ClassificationDecoder(String output, List<String> labels, ScoreFunction function, int topK) {
    this(output, labels, function, topK, Double.NEGATIVE_INFINITY);
  }

  ClassificationDecoder(
      String output, List<String> labels, ScoreFunction function, int topK, double threshold) {
    this.threshold = threshold;
    this.output = output;
    this.labels = labels;
    this.function = function;
    this.topK = topK;
  }

  @Override
  public Classification decode(TokenBatch batch, int row, Outputs outputs) {
    FloatTensor logits = outputs.get(output);
    Rows.requireShape(output, logits, batch.rows());
    if (logits.shape()[1] != labels.size()) {
      throw new UnscorableException(
          DeadLetterReason.INVALID_OUTPUT,
          "Output '"
              + output
              + "' scores "
              + logits.shape()[1]
              + " labels, and the names are "
              + labels.size()
              + ".");
    }
    float[] scores = new float[labels.size()];
    logits.data().get(row * scores.length, scores);
    Rows.requireNumbers(output, scores);
    function.apply(scores);
    return Scores.rank(labels, scores, topK, threshold);
  }

  @Override
  public Classification emptyResult() {
    return Classification.EMPTY;
  }
}
