package io.flinkinference.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.Device;
import io.flinkinference.engine.EngineException;
import io.flinkinference.engine.EngineOptions;
import io.flinkinference.engine.FloatTensor;
import io.flinkinference.engine.Outputs;
import io.flinkinference.engine.TensorSpec;
import io.flinkinference.text.Encoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxEngineTest {

  private static final Offset<Float> FLOAT_ERROR = within(1e-6f);

  private static final TokenBatch UNEQUAL_ROWS =
      TokenBatch.of(Encoding.of(1, 2, 8), Encoding.of(3), Encoding.of(4, 10));

  @ParameterizedTest
  @CsvSource({
    "tiny-classifier, 1e-6",
    "tiny-classifier-int32, 1e-6",
    "tiny-classifier-fp16, 1e-3",
    "tiny-classifier-open, 1e-6"
  })
  void logitsFollowFromTheIdsOfTheirRow(String model, float error) {
    try (OnnxEngine engine = TestingModels.openTiny(model, 1)) {
      float[] logits = engine.run(UNEQUAL_ROWS, outputs -> values(outputs.get("logits"), 3, 3));

      assertThat(logits)
          .containsExactly(
              new float[] {
                11 / 300f,
                4 / 3f + 0.5f,
                1 / 3f - 11 / 300f + 0.25f,
                0.03f,
                3.5f,
                1 - 0.03f + 0.25f,
                0.07f,
                3.5f + 0.5f,
                -0.07f + 0.25f
              },
              within(error));
    }
  }

  @Test
  void positionsAndTypesReachTheGraph() {
    Encoding pair = new Encoding(new int[] {7, 8, 9}, new int[] {0, 1, 1}, false);
    try (OnnxEngine engine = TestingModels.openTiny("tiny-encoder", 1)) {
      float[] hidden =
          engine.run(
              TokenBatch.of(Encoding.of(5), pair),
              outputs -> values(outputs.get("last_hidden_state"), 2, 3, 4));

      float[] textAndPadding = {0.05f, 5, 1, 1, 1, 0, 0, 1, 2, 0, 0, 1};
      float[] typed = {0.07f, 0, 1, 1, 1.08f, 2, 0, 1, 2.09f, 3, 1, 1};
      assertThat(hidden).hasSize(24);
      assertThat(Arrays.copyOf(hidden, 12)).containsExactly(textAndPadding, FLOAT_ERROR);
      assertThat(Arrays.copyOfRange(hidden, 12, 24)).containsExactly(typed, FLOAT_ERROR);
    }
  }

  @Test
  void paddingMayComeFirstAndPositionsMayBeginLater() {
    EngineOptions left =
        new EngineOptions(Device.CPU, 1, 1, 100, 1, Duration.ofMinutes(1), true, 2);
    Path encoder = TestingModels.tiny("tiny-encoder");
    try (OnnxEngine engine = OnnxEngine.open(encoder, left, TestingModels.WATCHDOG)) {
      assertThat(engine.padsLeft()).isTrue();
      float[] hidden =
          engine.run(
              TokenBatch.of(Encoding.of(5), Encoding.of(7, 8)),
              outputs -> values(outputs.get("last_hidden_state"), 2, 2, 4));

      // The padding token is 1, its position 1; the first position of a text is 2.
      float[] expected = {1.01f, 1, 1, 1, 2.05f, 5, 1, 1, 2.07f, 0, 1, 1, 3.08f, 1, 0, 1};
      assertThat(hidden).containsExactly(expected, FLOAT_ERROR);
    }
  }

  @Test
  void memoryOfALargeBatchServesSmallOnes() {
    try (OnnxEngine engine = TestingModels.openTiny("tiny-classifier", 1)) {
      float[] alone = logits(engine, TokenBatch.of(Encoding.of(3)));
      logits(
          engine, TokenBatch.of(Encoding.of(9, 9, 9, 9, 9, 9), Encoding.of(9, 9), Encoding.of(9)));

      assertThat(logits(engine, TokenBatch.of(Encoding.of(3)))).containsExactly(alone);
    }
  }

  @Test
  void memoryIsPredictableOnlyWhereDimensionsAreThoseOfTheBatch() {
    assertThat(runsWithoutCopy("tiny-classifier", "logits")).isTrue();
    assertThat(runsWithoutCopy("tiny-encoder", "last_hidden_state")).isTrue();
    assertThat(runsWithoutCopy("tiny-classifier-open", "logits")).isFalse();
    assertThat(runsWithoutCopy("tiny-encoder-open", "last_hidden_state")).isFalse();
    assertThat(runsWithoutCopy("tiny-classifier-fp16", "logits")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tiny-classifier-fp16", "tiny-classifier-open"})
  void outputsAreCopiedOnlyIfTheyAreRead(String model) {
    try (OnnxEngine engine = TestingModels.openTiny(model, 1)) {
      // Behind the run only a copy can be read, for what it was made of is gone.
      Outputs unread = engine.run(UNEQUAL_ROWS, outputs -> outputs);
      assertThatThrownBy(() -> unread.get("logits")).isInstanceOf(IllegalStateException.class);
      Outputs read =
          engine.run(
              UNEQUAL_ROWS,
              outputs -> {
                assertThat(outputs.get("logits")).isSameAs(outputs.get("logits"));
                return outputs;
              });
      assertThat(values(read.get("logits"), 3, 3)[3]).isCloseTo(0.03f, within(1e-3f));
    }
  }

  @Test
  void anOutputThatTheGraphDoesNotHaveIsNamedWithThoseThatItHas() {
    try (OnnxEngine engine = TestingModels.openTiny("tiny-classifier-fp16", 1)) {
      assertThatThrownBy(() -> engine.run(UNEQUAL_ROWS, outputs -> outputs.get("mood")))
          .hasMessageContaining("no output 'mood'. It has [logits]");
    }
  }

  @Test
  void outputsThatAreNoFloatsAreLeftOut() {
    try (OnnxEngine engine = TestingModels.openTiny("tiny-embedder", 1)) {
      assertThat(engine.outputs())
          .containsExactly(new TensorSpec("sentence_embedding", List.of(-1L, 4L)));
      assertThat(engine.<Set<String>>run(UNEQUAL_ROWS, Outputs::names))
          .containsExactly("sentence_embedding");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 100, Integer.MAX_VALUE})
  void idOutsideTheVocabularyIsRefused(int id) {
    try (OnnxEngine engine = TestingModels.openTiny("tiny-classifier", 1)) {
      TokenBatch batch = TokenBatch.of(Encoding.of(1), Encoding.of(2, 3, id));
      assertThatThrownBy(() -> logits(engine, batch))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("Token id " + id + " (row 1, position 2)")
          .hasMessageContaining("vocabulary of 100");
    }
  }

  @Test
  void failedRunNamesItsBatchAndLeavesTheEngineUsable() {
    try (OnnxEngine engine = TestingModels.openTiny("tiny-classifier-faulty", 1)) {
      TokenBatch faulty =
          TokenBatch.of(Encoding.of(1), Encoding.of(2, TestingModels.ID_THAT_FAILS, 3));

      assertThatThrownBy(() -> logits(engine, faulty))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("TokenBatch[2 x 3] failed")
          .hasMessageContaining("Gather");
      assertThat(logits(engine, TokenBatch.of(Encoding.of(3))))
          .containsExactly(new float[] {0.03f, 3.5f, 1.22f}, FLOAT_ERROR);
    }
  }

  @Test
  void nanStaysInItsRow() {
    try (OnnxEngine engine = TestingModels.openTiny("tiny-classifier-faulty", 1)) {
      TokenBatch batch =
          TokenBatch.of(Encoding.of(TestingModels.ID_THAT_IS_NAN), Encoding.of(3, 3));

      float[] logits = logits(engine, batch);

      assertThat(logits[0]).isNaN();
      assertThat(logits[3]).isCloseTo(0.03f, FLOAT_ERROR);
    }
  }

  @Test
  void exceptionOfTheReaderReachesTheCaller() {
    try (OnnxEngine engine = TestingModels.openTiny("tiny-classifier", 1)) {
      IllegalStateException thrown = new IllegalStateException("reader");
      assertThatThrownBy(
              () ->
                  engine.run(
                      UNEQUAL_ROWS,
                      outputs -> {
                        throw thrown;
                      }))
          .isSameAs(thrown);
      assertThat(logits(engine, UNEQUAL_ROWS)).hasSize(9);
    }
  }

  @Test
  void graphThatTakesMoreThanTextIsRefused() {
    assertThatThrownBy(() -> TestingModels.openTiny("tiny-refused-input", 1))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("pixel_values")
        .hasMessageContaining("[input_ids, attention_mask, pixel_values]");
  }

  @Test
  void aDeviceThatIsNotThereIsAnErrorThatSaysWhatToTake() {
    EngineOptions options =
        new EngineOptions(Device.parse("rocm:1"), 1, 1, 100, 0, Duration.ofMinutes(1));
    assertThatThrownBy(
            () ->
                OnnxEngine.open(
                    TestingModels.tiny("tiny-classifier"), options, TestingModels.WATCHDOG))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("The device rocm:1 cannot be used")
        .hasMessageContaining("has no execution provider rocm. Take one that has it");
  }

  @Test
  void fileThatIsNoGraphIsNamed(@TempDir Path directory) throws IOException {
    Path rubbish = Files.writeString(directory.resolve("model.onnx"), "rubbish");
    Path missing = directory.resolve("missing.onnx");
    EngineOptions options = TestingModels.options(100, 1);
    assertThatThrownBy(() -> OnnxEngine.open(rubbish, options, TestingModels.WATCHDOG))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining(rubbish.toString());
    assertThatThrownBy(() -> OnnxEngine.open(missing, options, TestingModels.WATCHDOG))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining(missing.toString());
  }

  @Test
  void engineSaysHowItWasOpened() {
    try (OnnxEngine engine = TestingModels.openTiny("tiny-classifier", 3)) {
      assertThat(engine.device()).isEqualTo(Device.CPU);
      assertThat(engine.concurrency()).isEqualTo(3);
    }
  }

  private static float[] logits(OnnxEngine engine, TokenBatch batch) {
    return engine.run(batch, outputs -> values(outputs.get("logits"), batch.rows(), 3));
  }

  private static float[] values(FloatTensor tensor, int... shape) {
    assertThat(tensor.shape()).containsExactly(shape);
    float[] values = new float[shape[0] * tensor.rowSize()];
    tensor.data().get(0, values);
    return values;
  }

  /** Copies lie on the heap. */
  private static boolean runsWithoutCopy(String model, String output) {
    try (OnnxEngine engine = TestingModels.openTiny(model, 1)) {
      return engine.run(UNEQUAL_ROWS, outputs -> outputs.get(output).data().isDirect());
    }
  }
}
