package io.flinkinference.task;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.Outputs;
import java.util.Arrays;
import java.util.List;

/** Compares the vector of each text with those of reference texts. A name scores by its nearest. */
final class NearestCosines implements ScoreDecoder.RowScores {

  private final TextVectors vectors;
  private final VectorTable references;
  private final int[] ends; // Of the vectors of each name.

  /**
   * @param references vectors of length 1 of each name, in the order of the names
   */
  NearestCosines(TextVectors vectors, List<float[][]> references) {
    this.vectors = vectors;
    this.references = new VectorTable(references.stream().flatMap(Arrays::stream).toList());
    this.ends = references.stream().mapToInt(name -> name.length).toArray();
    Arrays.parallelPrefix(ends, Integer::sum);
  }

  @Override
  public float[] read(TokenBatch batch, int row, Outputs outputs) {
    double[] products = references.times(vectors.readUnit(batch, row, outputs));
    float[] scores = new float[ends.length];
    for (int name = 0; name < scores.length; name++) {
      scores[name] = nearest(products, name == 0 ? 0 : ends[name - 1], ends[name]);
    }
    return scores;
  }

  private static float nearest(double[] products, int from, int to) {
    double best = -1;
    for (int i = from; i < to; i++) {
      best = Math.max(best, products[i]);
    }
    return (float) Math.min(best, 1); // Rounding may exceed what a cosine can be.
  }
}
