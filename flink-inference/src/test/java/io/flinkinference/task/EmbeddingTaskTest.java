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
    "CLS, 1, 2",
    "MEAN, 3, 0",
    "MAX, 5, 2",
    "MEAN_SQRT_LEN, 4.2426, 0",
    "WEIGHTED_MEAN, 3.6667, -0.6667",
    "LAST_TOKEN, 5, -2"
  })
  void eachPoolingIsAsInSentenceTransformers(Pooling pooling, float first, float second) {
    assertThat(embed(pooling, 1)).containsExactly(new float[] {first, second}, within(1e-4f));
    assertThat(embed(pooling, 0)).containsExactly(3, 4);
  }

  @Test
  void poolingOfTheTaskIsPreferredToTheModels() {
    try (LoadedModel model = TestingLoadedModels.embedder(tokens(), null, false)) {
      EmbeddingTask task = new EmbeddingTask().withPooling(Pooling.LAST_TOKEN);
      assertThat(task.open(model).decode(PADDED, 1, TOKENS).values()).containsExactly(5, -2);
    }
  }

  @Test
  void firstComponentsAreScaledAgain() {
    InferenceEngine engine = TestingModels.openTiny("tiny-embedder", 1);
    try (LoadedModel model = TestingLoadedModels.embedder(engine, null, true)) {
      EmbeddingTask task = new EmbeddingTask().withDimensions(2);
      TaskDecoder<Embedding> decoder = task.open(model);
      float[] vector = engine.run(PADDED, outputs -> decoder.decode(PADDED, 1, outputs).values());
      assertThat(vector).containsExactly(new float[] {0.01f, 0.99995f}, within(1e-5f));
      assertThatThrownBy(() -> task.withDimensions(5).open(model))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("have 4 components, but 5 are asked for");
    }
  }

  @Test
  void quantisedVectorsAreThoseOfSentenceTransformers() {
    try (LoadedModel model = TestingLoadedModels.embedder(tokens(), Pooling.LAST_TOKEN, false)) {
      EmbeddingTask int8 = new EmbeddingTask().withForm(VectorForm.INT8);
      // (5 + 8) / (16 / 255) = 207.2, (-2 + 8) / (16 / 255) = 95.6, rounded down, less 128
      assertThat(int8.withRange(8).open(model).decode(PADDED, 1, TOKENS).bytes())
          .containsExactly(79, -33);
      assertThat(int8.open(model).decode(PADDED, 1, TOKENS).bytes()).containsExactly(127, -128);
      // The bits 10, filled up with zeros, less 128.
      assertThat(
              new EmbeddingTask()
                  .withForm(VectorForm.BINARY)
                  .open(model)
                  .decode(PADDED, 1, TOKENS)
                  .bytes())
          .containsExactly(0);
    }
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
  void thePoolingOfTheTaskIsDoneAlsoWhereTheGraphPools() {
    InferenceEngine engine =
        TestingLoadedModels.declaring(
            new TensorSpec("sentence_embedding", List.of(-1L, 2L)),
            new TensorSpec("last_hidden_state", List.of(-1L, -1L, 2L)));
    try (LoadedModel model = TestingLoadedModels.embedder(engine, Pooling.MEAN, false)) {
      EmbeddingTask task = new EmbeddingTask().withPooling(Pooling.LAST_TOKEN);
      assertThat(task.open(model).decode(PADDED, 1, TOKENS).values()).containsExactly(5, -2);
    }
  }

  @Test
  void thePoolingOfTheTaskIsRefusedWhereOnlyTheGraphCanPool() {
    InferenceEngine engine =
        TestingLoadedModels.declaring(new TensorSpec("vectors", List.of(-1L, 2L)));
    try (LoadedModel model = TestingLoadedModels.embedder(engine, null, false)) {
      EmbeddingTask task = new EmbeddingTask().withPooling(Pooling.MAX);
      assertThatThrownBy(() -> task.open(model))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("pooling of the task is MAX")
          .hasMessageContaining("vectors")
          .hasMessageContaining("Leave the pooling out");
    }
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

  @ParameterizedTest
  @CsvSource({"2,", "2, MAX", "3,", "3, MAX"})
  void scoresAreNoVectors(int rank, Pooling pooling) {
    List<Long> shape = rank == 2 ? List.of(-1L, 3L) : List.of(-1L, -1L, 3L);
    InferenceEngine engine = TestingLoadedModels.declaring(new TensorSpec("logits", shape));
    try (LoadedModel model = TestingLoadedModels.embedder(engine, Pooling.MEAN, true)) {
      EmbeddingTask task = new EmbeddingTask();
      assertThatThrownBy(() -> (pooling == null ? task : task.withPooling(pooling)).open(model))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("gives scores and no vectors")
          .hasMessageContaining("--task feature-extraction")
          .hasMessageContaining("zero-shot-by-inference");
    }
  }

  @Test
  void vectorsBesideScoresAreFoundByTheirName() {
    TensorSpec scores = new TensorSpec("logits", List.of(-1L, 3L));
    TensorSpec hidden = new TensorSpec("last_hidden_state", List.of(-1L, -1L, 2L));
    assertThat(first(TOKENS, scores, hidden)).isEqualTo(3);
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
