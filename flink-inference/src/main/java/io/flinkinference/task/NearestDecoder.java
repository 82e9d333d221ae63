package io.flinkinference.task;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.Outputs;
import io.flinkinference.result.Classification;
import java.util.List;

/** Compares the vector of each text with those of reference texts. */
final class NearestDecoder implements TaskDecoder<Classification> {

  private final TextVectors vectors;
  private final List<String> names;
  private final float[][][] references;
  private final double threshold;
  private final int most;

  /**
   * @param references vectors of length 1 of each name, in the order of the names
   */
  NearestDecoder(
      TextVectors vectors,
      List<String> names,
      List<float[][]> references,
      double threshold,
      int most) {
    this.vectors = vectors;
    this.names = names;
    this.references = references.toArray(float[][][]::new);
    this.threshold = threshold;
    this.most = most;
  }

  @Override
  public Classification decode(TokenBatch batch, int row, Outputs outputs) {
    float[] text = vectors.read(batch, row, outputs);
    TextVectors.scaleToUnitLength(text);
    float[] scores = new float[references.length];
    int near = 0;
    for (int name = 0; name < scores.length; name++) {
      scores[name] = nearest(text, references[name]);
      near += scores[name] >= threshold ? 1 : 0;
    }
    // Those that are near enough come first in the ranking.
    return near == 0 ? Classification.EMPTY : Scores.rank(names, scores, Math.min(most, near));
  }

  private static float nearest(float[] text, float[][] vectors) {
    double best = -1;
    for (float[] vector : vectors) {
      best = Math.max(best, dot(text, vector));
    }
    return (float) Math.min(best, 1); // Rounding may exceed what a cosine can be.
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  @Override
  public Classification emptyResult() {
    return Classification.EMPTY;
  }
}
