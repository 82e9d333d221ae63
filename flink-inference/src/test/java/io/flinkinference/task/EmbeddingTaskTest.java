package io.flinkinference.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.InferenceEngine;
import io.flinkinference.engine.Outputs;
import io.flinkinference.engine.TensorSpec;
import io.flinkinference.engine.onnx.TestingModels;
import io.flinkinference.model.ModelException;
import io.flinkinference.model.Pooling;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.Embedding;
import io.flinkinference.result.UnscorableException;
import io.flinkinference.runtime.LoadedModel;
import io.flinkinference.text.Encoding;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddingTaskTest {

  /** Two rows of width 2 and size 2; the second token of the first row is padding. */
  private static final TokenBatch PADDED = TokenBatch.of(Encoding.of(1), Encoding.of(1, 2));

  private static final Outputs TOKENS =
      Tensors.of("last_hidden_state", new int[] {2, 2, 2}, 3, 4, 99, Float.NaN, 1, 2, 5, -2);

  @Test
  void meanLeavesPaddingOut() {
    assertThat(embed(Pooling.MEAN, 0)).containsExactly(3, 4);
    assertThat(embed(Pooling.MEAN, 1)).containsExactly(3, 0);
  }

  @Test
  void clsIsTheFirstToken() {
    assertThat(embed(Pooling.CLS, 0)).containsExactly(3, 4);
    assertThat(embed(Pooling.CLS, 1)).containsExactly(1, 2);
  }

  @ParameterizedTest
  @CsvSource({
    "AS_MODEL, true, 0.6",
    "AS_MODEL, false, 3",
    "UNIT_LENGTH, false, 0.6",
    "NONE, true, 3"
  })
  void lengthIsAsTheTaskOrElseTheModelSays(
      Normalization normalization, boolean normalizedModel, float first) {
    InferenceEngine engine = tokens();
    try (LoadedModel model = TestingLoadedModels.embedder(engine, Pooling.CLS, normalizedModel)) {
      Embedding embedding = new EmbeddingTask(normalization).open(model).decode(PADDED, 0, TOKENS);
      assertThat(embedding.values()[0]).isCloseTo(first, within(1e-6f));
    }
  }

  @Test
  void zeroVectorStaysZero() {
    float[] zero = new float[3];
    TextVectors.scaleToUnitLength(zero);
    assertThat(zero).containsExactly(0, 0, 0);
  }

  @Test
  void pooledOutputIsTakenAsItIs() {
    try (LoadedModel model =
        TestingLoadedModels.embedder(TestingModels.openTiny("tiny-embedder", 1), null, false)) {
      TaskDecoder<Embedding> decoder = new EmbeddingTask().open(model);
      Embedding embedding =
          model.engine().run(PADDED, outputs -> decoder.decode(PADDED, 1, outputs));
      assertThat(embedding.values())
          .containsExactly(new float[] {0.015f, 1.5f, 0.5f, 1}, within(1e-6f));
    }
  }

  @Test
  void tokensOfARealGraphArePooled() {
    try (LoadedModel model =
        TestingLoadedModels.embedder(
            TestingModels.openTiny("tiny-encoder-open", 1), Pooling.MEAN, false)) {
      TaskDecoder<Embedding> decoder = new EmbeddingTask().open(model);
      Embedding embedding =
          model.engine().run(PADDED, outputs -> decoder.decode(PADDED, 0, outputs));
      assertThat(embedding.values()).containsExactly(new float[] {0.01f, 1, 1, 1}, within(1e-6f));
    }
  }

  @Test
  void vectorsThatAreNoNumbersAreRefused() {
    Outputs outputs =
        Tensors.of("last_hidden_state", new int[] {1, 1, 2}, 1, Float.NEGATIVE_INFINITY);
    try (LoadedModel model = TestingLoadedModels.embedder(tokens(), Pooling.MEAN, true)) {
      TaskDecoder<Embedding> decoder = new EmbeddingTask().open(model);
      assertThatThrownBy(() -> decoder.decode(TokenBatch.of(Encoding.of(1)), 0, outputs))
          .isInstanceOfSatisfying(
              UnscorableException.class,
              e -> assertThat(e.reason()).isEqualTo(DeadLetterReason.INVALID_OUTPUT))
          .hasMessageContaining("Value 1 of output 'last_hidden_state' is -Infinity");
    }
  }

  @Test
  void outputOfAnotherShapeIsRefused() {
    try (LoadedModel model = TestingLoadedModels.embedder(tokens(), Pooling.MEAN, true)) {
      TaskDecoder<Embedding> decoder = new EmbeddingTask().open(model);
      assertThatThrownBy(() -> decoder.decode(TokenBatch.of(Encoding.of(1)), 0, TOKENS))
          .isInstanceOf(UnscorableException.class)
          .hasMessageContaining("[2, 2, 2]");
    }
  }

  @Test
  void sentenceEmbeddingIsPreferredToTokensAndTokensToPoolerOutput() {
    TensorSpec hidden = new TensorSpec("last_hidden_state", List.of(-1L, -1L, 2L));
    TensorSpec pooler = new TensorSpec("pooler_output", List.of(-1L, 2L));
    TensorSpec sentence = new TensorSpec("sentence_embedding", List.of(-1L, 2L));
    Outputs outputs =
        new Outputs(
            Map.of(
                "last_hidden_state", TOKENS.get("last_hidden_state"),
                "sentence_embedding", Tensors.of("x", new int[] {2, 2}, 7, 7, 8, 8).get("x")));

    assertThat(first(outputs, pooler, hidden, sentence)).isEqualTo(7);
    assertThat(first(outputs, pooler, hidden)).isEqualTo(3);
  }

  @Test
  void modelWithoutVectorsIsRefused() {
    InferenceEngine engine =
        TestingLoadedModels.declaring(
            new TensorSpec("start", List.of(-1L, -1L)), new TensorSpec("end", List.of(-1L, -1L)));
    try (LoadedModel model = TestingLoadedModels.embedder(engine, Pooling.MEAN, true)) {
      assertThatThrownBy(() -> new EmbeddingTask().open(model))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("gives no vectors")
          .hasMessageContaining("start");
    }
  }

  @Test
  void poolingHasToBeSaid() {
    try (LoadedModel model = TestingLoadedModels.embedder(tokens(), null, true)) {
      assertThatThrownBy(() -> new EmbeddingTask().open(model))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("1_Pooling/config.json");
    }
  }

  private static float[] embed(Pooling pooling, int row) {
    try (LoadedModel model = TestingLoadedModels.embedder(tokens(), pooling, false)) {
      return new EmbeddingTask().open(model).decode(PADDED, row, TOKENS).values();
    }
  }

  private static float first(Outputs outputs, TensorSpec... declared) {
    InferenceEngine engine = TestingLoadedModels.declaring(declared);
    try (LoadedModel model = TestingLoadedModels.embedder(engine, Pooling.MEAN, false)) {
      return new EmbeddingTask().open(model).decode(PADDED, 0, outputs).values()[0];
    }
  }

  private static InferenceEngine tokens() {
    return TestingLoadedModels.declaring(
        new TensorSpec("last_hidden_state", List.of(-1L, -1L, 2L)));
  }
}
