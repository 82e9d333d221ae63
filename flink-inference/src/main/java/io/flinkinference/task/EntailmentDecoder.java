package io.flinkinference.task;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.Outputs;
import io.flinkinference.result.Classification;
import io.flinkinference.result.LabelScore;
import io.flinkinference.text.Encoding;
import java.util.List;

/**
 * Makes one score a label of the entailments of their hypotheses. What it keeps of a part is the
 * label's score itself where labels are independent, else the raw entailment.
 *
 * @param logits where the raw scores of entailment and contradiction are
 * @param inference which of them is which
 * @param labels in the order of the parts
 * @param independent whether labels do not share one sum
 */
record EntailmentDecoder(
    Logits logits, InferenceLabels inference, List<String> labels, boolean independent)
    implements TaskDecoder<Classification> {

  private static final String PART = "";

  /** Of a task with one label. */
  @Override
  public Classification decode(TokenBatch batch, int row, Outputs outputs) {
    return Scores.rank(labels, new float[] {score(batch, row, outputs)}, 1);
  }

  @Override
  public Classification decodePart(TokenBatch batch, int row, Outputs outputs) {
    return new Classification(List.of(new LabelScore(PART, score(batch, row, outputs))));
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
  public Classification merge(List<Encoding> encodings, List<Classification> parts) {
    float[] scores = new float[parts.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = parts.get(i).top().score();
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
