package io.flinkinference.task;

import io.flinkinference.model.ModelConfig;
import io.flinkinference.model.Pooling;
import io.flinkinference.result.Embedding;
import io.flinkinference.runtime.LoadedModel;
import java.util.Objects;

/**
 * A vector for each text. Suits models of the sentence-transformers family, and encoders whose
 * directory, or this task, says how to pool their tokens.
 *
 * <p>What is done, in this order: pooling, dense layers of the model, scaling to length 1, cutting
 * to the first components (of models trained for it: Kusupati et al. 2022, Matryoshka) and scaling
 * what is left again, quantisation.
 *
 * @param normalization how the length of the vectors is set
 * @param pooling how token vectors become one, or null for the model's own way
 * @param dimensions components that are kept, or 0 for all
 * @param vectorForm of what the vectors consist
 * @param range for {@link VectorForm#INT8}: the components that become the least and the largest
 *     byte are -range and range
 */
public record EmbeddingTask(
    Normalization normalization,
    Pooling pooling,
    int dimensions,
    VectorForm vectorForm,
    float range)
    implements Task<Embedding> {

  public EmbeddingTask {
    Objects.requireNonNull(normalization, "normalization");
    Objects.requireNonNull(vectorForm, "vectorForm");
    if (dimensions < 0) {
      throw new IllegalArgumentException(
          "dimensions is at least 1, or 0 for all, not " + dimensions + ".");
    }
    if (!(range > 0) || Float.isInfinite(range)) {
      throw new IllegalArgumentException("range is a number above 0, not " + range + ".");
    }
  }

  /** Vectors as the model directory describes them. */
  public EmbeddingTask() {
    this(Normalization.AS_MODEL);
  }

  /** Vectors as the model directory describes them, but for their length. */
  public EmbeddingTask(Normalization normalization) {
    this(normalization, null, 0, VectorForm.FLOAT32, 1);
  }

  /** The same with another length of the vectors. */
  public EmbeddingTask withNormalization(Normalization other) {
    return new EmbeddingTask(other, pooling, dimensions, vectorForm, range);
  }

  /** The same with a pooling of its own, whatever the model's is. */
  public EmbeddingTask withPooling(Pooling other) {
    return new EmbeddingTask(normalization, other, dimensions, vectorForm, range);
  }

  /** The same with the first components only. */
  public EmbeddingTask withDimensions(int most) {
    return new EmbeddingTask(normalization, pooling, most, vectorForm, range);
  }

  /** The same in another form. */
  public EmbeddingTask withForm(VectorForm other) {
    return new EmbeddingTask(normalization, pooling, dimensions, other, range);
  }

  /** The same with another range of {@link VectorForm#INT8}. */
  public EmbeddingTask withRange(float other) {
    return new EmbeddingTask(normalization, pooling, dimensions, vectorForm, other);
  }

  @Override
  public TaskDecoder<Embedding> open(LoadedModel model) {
    ModelConfig config = model.model().config();
    boolean unitLength =
        switch (normalization) {
          case AS_MODEL -> config.normalized();
          case UNIT_LENGTH -> true;
          case NONE -> false;
        };
    TextVectors vectors = TextVectors.of(model, pooling);
    if (dimensions > 0) {
      vectors.requireSize(model, dimensions);
    }
    return new EmbeddingDecoder(vectors, unitLength, this);
  }
}
