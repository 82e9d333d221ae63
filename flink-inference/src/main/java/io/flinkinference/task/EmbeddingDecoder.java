package io.flinkinference.task;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.Outputs;
import io.flinkinference.result.Embedding;

/** Reads the vector of each text. */
final class EmbeddingDecoder implements TaskDecoder<Embedding> {

  private final TextVectors vectors;
  private final boolean unitLength;

  EmbeddingDecoder(TextVectors vectors, boolean unitLength) {
    this.vectors = vectors;
    this.unitLength = unitLength;
  }

  @Override
  public Embedding decode(TokenBatch batch, int row, Outputs outputs) {
    float[] vector = vectors.read(batch, row, outputs);
    if (unitLength) {
      TextVectors.scaleToUnitLength(vector);
    }
    return new Embedding(vector);
  }

  @Override
  public Embedding emptyResult() {
    return Embedding.EMPTY;
  }
}
