package io.flinkinference.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.model.Model;
import io.flinkinference.runtime.LoadedModel;
import io.flinkinference.task.BatchOptions.Mode;
import io.flinkinference.testing.TestingEngine;
import io.flinkinference.testing.TestingModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BatchSizingTest {

  @ParameterizedTest
  @EnumSource(Mode.class)
  void noModeAsksForBatchesThatTakeLongerThanARunMay(Mode mode) throws Exception {
    TestingEngine engine = TestingEngine.free();
    engine.limitTime(600);
    try (LoadedModel model = TestingModel.around(engine)) {
      Duration target = mode == Mode.LATENCY_TARGET ? Duration.ofHours(1) : Duration.ZERO;
      BatchOptions options = new BatchOptions(mode, 4_096, target, Duration.ZERO, true);
      assertThat(BatchSizing.of(options, model, 100_000).budget().tokens()).isBetween(1, 512);
    }
  }

  @Test
  void recordedBudgetIsThatOfTheModelsFile(@TempDir Path directory) throws Exception {
    Files.writeString(directory.resolve("inference.json"), "{\"tokenBudgets\": {\"cpu\": 640}}");
    BatchOptions options =
        new BatchOptions(Mode.RECORDED, 256, Duration.ZERO, Duration.ZERO, false);
    try (LoadedModel model = in(directory)) {
      assertThat(BatchSizing.of(options, model, 100_000).budget().tokens()).isEqualTo(640);
      assertThat(BatchSizing.of(options, model, 512).budget().tokens()).isEqualTo(512);
    }
  }

  private static LoadedModel in(Path directory) {
    LoadedModel one = TestingModel.around(TestingEngine.free());
    Model model =
        new Model(
            one.model().name(),
            one.model().onnxFile(),
            directory.resolve("tokenizer.json"),
            one.model().sha256(),
            one.model().tokenizerSha256(),
            one.model().graph(),
            one.model().config());
    return new LoadedModel(
        model,
        one.tokenizer(),
        one.engine(),
        one.executor(),
        one.watchdog(),
        one.probeText(),
        one.warmUp(),
        one.dense());
  }
}
