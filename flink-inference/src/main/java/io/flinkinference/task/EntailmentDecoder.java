package io.flinkinference.task;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.Outputs;
import io.flinkinference.result.Classification;
import io.flinkinference.text.Window;
import java.util.List;

/**
 * Makes one score a label of the entailments of their hypotheses. What it keeps of a part is the
 * label's score itself where labels are independent, else the raw entailment.
 *
 * @param logits where the raw scores of entailment and contradiction are
 * @param inference which of them is which
 * @param labels in the order of the parts
 * @param independent whether labels do not share one sum
 * @param merge of the windows of a text; unless it is said, one passage that entails is enough
 */
record EntailmentDecoder(
    Logits logits,
    InferenceLabels inference,
    List<String> labels,
    boolean independent,
    WindowMerge merge)
    implements TaskDecoder<Classification>, PartDecoder<float[], Classification> {

  EntailmentDecoder(
      Logits logits, InferenceLabels inference, List<String> labels, boolean independent) {
    this(logits, inference, labels, independent, WindowMerge.MAX);
  }

  /** Of a task with one label. */
  @Override
  public Classification decode(TokenBatch batch, int row, Outputs outputs) {
    return Scores.rank(labels, new float[] {score(batch, row, outputs)}, 1);
  }

  @Override
  public float[] decodePart(TokenBatch batch, int row, Outputs outputs) {
    return new float[] {score(batch, row, outputs)};
  }

  private float score(TokenBatch batch, int row, Outputs outputs) {
    float[] raw = logits.read(batch, row, outputs);
    float entailment = raw[inference.entailment()];
    if (!independent) {
      return entailment;
    }
    float[] both = {raw[inference.contradiction()], entailment};
    Scores.softmax(both, 1);
    return both[1];
  }

  @Override
  public float[] mergeWindows(List<Window> windows, List<float[]> parts) {
    return merge.merge(windows, parts);
  }

  @Override
  public PartDecoder<float[], Classification> parts() {
    return this;
  }

  @Override
  public TaskDecoder<Classification> merging(WindowMerge other) {
    return new EntailmentDecoder(logits, inference, labels, independent, other.or(WindowMerge.MAX));
  }

  @Override
  public Classification finish(List<float[]> inputs) {
    float[] scores = new float[inputs.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = inputs.get(i)[0];
    }
    if (!independent) {
      Scores.softmax(scores, 1);
    }
    return Scores.rank(labels, scores, scores.length);
  }

  @Override
  public Classification emptyResult() {
    return Classification.EMPTY;
  }
}
