package io.flinkinference.task;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.Outputs;
import io.flinkinference.result.Classification;
import java.util.List;

/** Compares the vector of each text with those of the labels' descriptions. */
final class ZeroShotDecoder implements TaskDecoder<Classification> {

  private final TextVectors vectors;
  private final List<String> labels;
  private final VectorTable descriptions;
  private final double temperature;
  private final int topK;
  private final WindowMerge merge;

  /**
   * @param descriptions vectors of length 1, in the order of the labels
   */
  ZeroShotDecoder(
      TextVectors vectors,
      List<String> labels,
      float[][] descriptions,
      double temperature,
      int topK) {
    this(
        vectors,
        labels,
        new VectorTable(List.of(descriptions)),
        temperature,
        topK,
        WindowMerge.WEIGHTED_MEAN);
  }

  private ZeroShotDecoder(
      TextVectors vectors,
      List<String> labels,
      VectorTable descriptions,
      double temperature,
      int topK,
      WindowMerge merge) {
    this.vectors = vectors;
    this.labels = labels;
    this.descriptions = descriptions;
    this.temperature = temperature;
    this.topK = topK;
    this.merge = merge;
  }

  @Override
  public Classification decode(TokenBatch batch, int row, Outputs outputs) {
    return rank(cosines(batch, row, outputs));
  }

  private float[] cosines(TokenBatch batch, int row, Outputs outputs) {
    float[] text = vectors.read(batch, row, outputs);
    TextVectors.scaleToUnitLength(text);
    double[] products = descriptions.times(text);
    float[] scores = new float[products.length];
    for (int label = 0; label < scores.length; label++) {
      scores[label] = (float) products[label];
    }
    return scores;
  }

  private Classification rank(float... scores) {
    Scores.softmax(scores, temperature);
    return Scores.rank(labels, scores, topK);
  }

  /** Windows are merged by their cosines, so that the scores still sum up to 1. */
  @Override
  public PartDecoder<float[], Classification> parts() {
    return new ScoreParts(this::cosines, merge, this::rank);
  }

  @Override
  public TaskDecoder<Classification> merging(WindowMerge other) {
    return new ZeroShotDecoder(
        vectors, labels, descriptions, temperature, topK, other.or(WindowMerge.WEIGHTED_MEAN));
  }

  @Override
  public Classification emptyResult() {
    return Classification.EMPTY;
  }
}
