package io.flinkinference.tools.parity;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.FloatTensor;
import io.flinkinference.engine.Outputs;
import io.flinkinference.engine.TensorSpec;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.UnscorableException;
import io.flinkinference.runtime.LoadedModel;
import io.flinkinference.task.Task;
import io.flinkinference.task.TaskDecoder;
import io.flinkinference.text.TokenSpans;
import java.util.Arrays;
import java.util.List;

/**
 * Asks a token classification model for the probabilities of all labels of each token that stands
 * for a part of the text, from its logits [rows, tokens, labels]: of those around a text models are
 * not taught anything, and no result is made. Whether it is such a model was looked at before.
 */
final class TokenLabels implements Task<TokenAnswer> {

  private static final long serialVersionUID = 1L;
  private static final String LOGITS = "logits";

  @Override
  public boolean needsSpans() {
    return true;
  }

  @Override
  public TaskDecoder<TokenAnswer> open(LoadedModel model) {
    List<TensorSpec> outputs = model.engine().outputs();
    String output =
        outputs.stream().map(TensorSpec::name).anyMatch(LOGITS::equals)
            ? LOGITS
            : outputs.get(0).name();
    boolean padsLeft = model.engine().padsLeft();
    return (batch, row, all) -> answer(batch, row, all, output, padsLeft);
  }

  private static TokenAnswer answer(
      TokenBatch batch, int row, Outputs outputs, String output, boolean padsLeft) {
    FloatTensor logits = outputs.get(output);
    int labels = logits.shape()[2];
    int tokens = batch.row(row).length();
    int first = row * batch.width() + (padsLeft ? batch.width() - tokens : 0);
    TokenSpans spans = batch.row(row).spans();
    float[] values = new float[tokens * labels];
    int filled = 0;
    for (int token = 0; token < tokens; token++) {
      if (spans.start(token) != TokenSpans.NONE) {
        logits.data().get((first + token) * labels, values, filled, labels);
        softmax(values, filled, labels);
        filled += labels;
      }
    }
    return new TokenAnswer(labels, Arrays.copyOf(values, filled));
  }

  private static void softmax(float[] values, int from, int count) {
    float most = Float.NEGATIVE_INFINITY;
    for (int i = from; i < from + count; i++) {
      most = Math.max(most, values[i]);
    }
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      values[i] = (float) Math.exp(values[i] - most);
      sum += values[i];
    }
    for (int i = from; i < from + count; i++) {
      values[i] /= (float) sum;
    }
    if (Double.isNaN(sum)) {
      throw new UnscorableException(
          DeadLetterReason.INVALID_OUTPUT, "The scores of a token are no numbers.");
    }
  }
}
