package io.flinkinference.task;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.Outputs;
import io.flinkinference.result.Embedding;
import io.flinkinference.text.Window;
import java.util.Arrays;
import java.util.List;

/** Reads the vector of each text. */
final class EmbeddingDecoder implements TaskDecoder<Embedding>, PartDecoder<float[], Embedding> {

  private final TextVectors vectors;
  private final boolean unitLength;
  private final EmbeddingTask task;
  private final WindowMerge merge;

  EmbeddingDecoder(TextVectors vectors, boolean unitLength, EmbeddingTask task) {
    this(vectors, unitLength, task, WindowMerge.WEIGHTED_MEAN);
  }

  private EmbeddingDecoder(
      TextVectors vectors, boolean unitLength, EmbeddingTask task, WindowMerge merge) {
    this.vectors = vectors;
    this.unitLength = unitLength;
    this.task = task;
    this.merge = merge;
  }

  @Override
  public Embedding decode(TokenBatch batch, int row, Outputs outputs) {
    return quantize(decodePart(batch, row, outputs));
  }

  private Embedding quantize(float... vector) {
    return Quantization.of(vector, task.vectorForm(), task.range());
  }

  /** The vector before it is quantised. */
  @Override
  public float[] decodePart(TokenBatch batch, int row, Outputs outputs) {
    float[] vector = vectors.read(batch, row, outputs);
    if (task.dimensions() > 0 && task.dimensions() < vector.length) {
      // Scaling before as well would change nothing.
      vector = Arrays.copyOf(vector, task.dimensions());
    }
    if (unitLength) {
      TextVectors.scaleToUnitLength(vector);
    }
    return vector;
  }

  @Override
  public float[] mergeWindows(List<Window> windows, List<float[]> parts) {
    float[] vector = merge.merge(windows, parts);
    if (unitLength && parts.size() > 1) {
      TextVectors.scaleToUnitLength(vector);
    }
    return vector;
  }

  @Override
  public Embedding finish(List<float[]> inputs) {
    return quantize(inputs.get(0));
  }

  @Override
  public PartDecoder<float[], Embedding> parts() {
    return this;
  }

  @Override
  public TaskDecoder<Embedding> merging(WindowMerge other) {
    if (other == WindowMerge.MAX) {
      throw new IllegalArgumentException(
          "inference.text.window-merge is MAX, but vectors of windows have a mean only: the largest"
              + " of each component is near to no text. Set MEAN or WEIGHTED_MEAN, or leave it out.");
    }
    return new EmbeddingDecoder(vectors, unitLength, task, other.or(WindowMerge.WEIGHTED_MEAN));
  }

  @Override
  public Embedding emptyResult() {
    return Embedding.EMPTY;
  }
}
