package io.flinkinference.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.EngineException;
import io.flinkinference.text.Encoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counts the native objects that are open. */
class OnnxEngineMemoryTest {

  private static final int SESSION = 1;
  private static final TokenBatch GOOD = TokenBatch.of(Encoding.of(1, 2), Encoding.of(3));

  private final AtomicInteger openObjects = new AtomicInteger();

  @Test
  void onlyTheSessionOutlivesARun() {
    try (OnnxEngine engine = open("tiny-classifier")) {
      assertThat(openObjects).hasValue(SESSION);
      // Three inputs, the pinned output, the handle of the run, and its result.
      assertThat(engine.<Integer>run(GOOD, outputs -> openObjects.get())).isEqualTo(SESSION + 6);
      assertThat(openObjects).hasValue(SESSION);
    }
    assertThat(openObjects).hasValue(0);
  }

  @Test
  void failedRunFreesItsMemory() {
    TokenBatch faulty = TokenBatch.of(Encoding.of(1, TestingModels.ID_THAT_FAILS));
    try (OnnxEngine engine = open("tiny-classifier-faulty")) {
      for (int i = 0; i < 1_000; i++) {
        assertThatThrownBy(() -> engine.run(faulty, outputs -> null))
            .isInstanceOf(EngineException.class);
        assertThat(openObjects).hasValue(SESSION);
      }
    }
    assertThat(openObjects).hasValue(0);
  }

  @Test
  void failedReaderFreesTheMemoryOfItsRun() {
    try (OnnxEngine engine = open("tiny-classifier-open")) {
      assertThatThrownBy(() -> engine.run(GOOD, outputs -> outputs.get("absent")))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(openObjects).hasValue(SESSION);
    }
  }

  @Test
  void engineThatDoesNotOpenFreesItsMemory(@TempDir Path directory) throws IOException {
    Path rubbish = Files.writeString(directory.resolve("model.onnx"), "rubbish");
    assertThatThrownBy(() -> open("tiny-refused-input")).isInstanceOf(EngineException.class);
    assertThatThrownBy(
            () ->
                OnnxEngine.open(
                    rubbish, TestingModels.options(100, 1), TestingModels.WATCHDOG, openObjects))
        .isInstanceOf(EngineException.class);
    assertThat(openObjects).hasValue(0);
  }

  @Test
  void closingTwiceFreesOnce() {
    OnnxEngine engine = open("tiny-classifier");
    engine.close();
    engine.close();
    assertThat(openObjects).hasValue(0);
  }

  private OnnxEngine open(String model) {
    return OnnxEngine.open(
        TestingModels.tiny(model),
        TestingModels.options(TestingModels.TINY_VOCABULARY, 1),
        TestingModels.WATCHDOG,
        openObjects);
  }
}
