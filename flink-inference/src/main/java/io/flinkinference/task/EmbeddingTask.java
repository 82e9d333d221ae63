package io.flinkinference.task;

import io.flinkinference.model.ModelConfig;
import io.flinkinference.result.Embedding;
import io.flinkinference.runtime.LoadedModel;
import java.util.Objects;

/**
 * A vector for each text. Suits models of the sentence-transformers family, and encoders whose
 * directory says how to pool their tokens.
 *
 * @param normalization how the length of the vectors is set
 */
public record EmbeddingTask(Normalization normalization) implements Task<Embedding> {

  public EmbeddingTask {
    Objects.requireNonNull(normalization, "normalization");
  }

  /** Vectors as the model directory describes them. */
  public EmbeddingTask() {
    this(Normalization.AS_MODEL);
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
    return new EmbeddingDecoder(TextVectors.of(model), unitLength);
  }
}
