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
  private final WindowMerge merge;

  ClassificationDecoder(
      String output, List<String> labels, ScoreFunction function, int topK, double threshold) {
    this(output, labels, function, topK, threshold, function.merge());
  }

  private ClassificationDecoder(
      String output,
      List<String> labels,
      ScoreFunction function,
      int topK,
      double threshold,
      WindowMerge merge) {
    this.output = output;
    this.labels = labels;
    this.function = function;
    this.topK = topK;
    this.threshold = threshold;
    this.merge = merge;
  }

  @Override
  public Classification decode(TokenBatch batch, int row, Outputs outputs) {
    return rank(scores(batch, row, outputs));
  }

  private Classification rank(float... scores) {
    return Scores.rank(labels, scores, topK, threshold);
  }

  @Override
  public PartDecoder<float[], Classification> parts() {
    return new ScoreParts(this::scores, merge, this::rank);
  }

  @Override
  public TaskDecoder<Classification> merging(WindowMerge other) {
    return new ClassificationDecoder(
        output, labels, function, topK, threshold, other.or(function.merge()));
  }

  private float[] scores(TokenBatch batch, int row, Outputs outputs) {
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
    return scores;
  }

  @Override
  public Classification emptyResult() {
    return Classification.EMPTY;
  }
}
