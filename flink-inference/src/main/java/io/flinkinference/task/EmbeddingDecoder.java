package io.flinkinference.task;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.Outputs;
import io.flinkinference.result.Embedding;
import java.util.Arrays;

/** Reads the vector of each text. */
final class EmbeddingDecoder implements TaskDecoder<Embedding> {

  private final TextVectors vectors;
  private final boolean unitLength;
  private final EmbeddingTask task;

  EmbeddingDecoder(TextVectors vectors, boolean unitLength, EmbeddingTask task) {
    this.vectors = vectors;
    this.unitLength = unitLength;
    this.task = task;
  }

  @Override
  public Embedding decode(TokenBatch batch, int row, Outputs outputs) {
    float[] vector = vectors.read(batch, row, outputs);
    if (task.dimensions() > 0 && task.dimensions() < vector.length) {
      // Scaling before as well would change nothing.
      vector = Arrays.copyOf(vector, task.dimensions());
    }
    if (unitLength) {
      TextVectors.scaleToUnitLength(vector);
    }
    return Quantization.of(vector, task.vectorForm(), task.range());
  }

  @Override
  public Embedding emptyResult() {
    return Embedding.EMPTY;
  }
}
