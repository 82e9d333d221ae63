package io.flinkinference.task;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.Outputs;
import io.flinkinference.result.Classification;
import java.util.Arrays;
import java.util.List;

/** Compares the vector of each text with those of reference texts. */
final class NearestDecoder implements TaskDecoder<Classification> {

  private final TextVectors vectors;
  private final List<String> names;
  private final VectorTable references;
  private final int[] ends; // Of the vectors of each name.
  private final double threshold;
  private final int most;
  private final WindowMerge merge;

  /**
   * @param references vectors of length 1 of each name, in the order of the names
   */
  NearestDecoder(
      TextVectors vectors,
      List<String> names,
      List<float[][]> references,
      double threshold,
      int most) {
    this(
        vectors,
        names,
        new VectorTable(references.stream().flatMap(Arrays::stream).toList()),
        ends(references),
        threshold,
        most,
        WindowMerge.MAX);
  }

  private NearestDecoder(
      TextVectors vectors,
      List<String> names,
      VectorTable references,
      int[] ends,
      double threshold,
      int most,
      WindowMerge merge) {
    this.vectors = vectors;
    this.names = names;
    this.references = references;
    this.ends = ends;
    this.threshold = threshold;
    this.most = most;
    this.merge = merge;
  }

  @Override
  public Classification decode(TokenBatch batch, int row, Outputs outputs) {
    return rank(cosines(batch, row, outputs));
  }

  private float[] cosines(TokenBatch batch, int row, Outputs outputs) {
    float[] text = vectors.read(batch, row, outputs);
    TextVectors.scaleToUnitLength(text);
    double[] products = references.times(text);
    float[] scores = new float[ends.length];
    for (int name = 0; name < scores.length; name++) {
      scores[name] = nearest(products, name == 0 ? 0 : ends[name - 1], ends[name]);
    }
    return scores;
  }

  private Classification rank(float... scores) {
    int near = 0;
    for (float score : scores) {
      near += score >= threshold ? 1 : 0;
    }
    // Those that are near enough come first in the ranking.
    return near == 0 ? Classification.EMPTY : Scores.rank(names, scores, Math.min(most, near));
  }

  private static float nearest(double[] products, int from, int to) {
    double best = -1;
    for (int i = from; i < to; i++) {
      best = Math.max(best, products[i]);
    }
    return (float) Math.min(best, 1); // Rounding may exceed what a cosine can be.
  }

  private static int[] ends(List<float[][]> references) {
    int[] ends = new int[references.size()];
    int end = 0;
    for (int name = 0; name < ends.length; name++) {
      end += references.get(name).length;
      ends[name] = end;
    }
    return ends;
  }

  @Override
  public PartDecoder<float[], Classification> parts() {
    return new ScoreParts(this::cosines, merge, this::rank);
  }

  @Override
  public TaskDecoder<Classification> merging(WindowMerge other) {
    return new NearestDecoder(
        vectors, names, references, ends, threshold, most, other.or(WindowMerge.MAX));
  }

  @Override
  public Classification emptyResult() {
    return Classification.EMPTY;
  }
}
