package io.flinkinference.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.runtime.LoadedModel;
import io.flinkinference.task.BatchOptions.Mode;
import io.flinkinference.testing.TestingEngine;
import io.flinkinference.testing.TestingModel;
import java.time.Duration;
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
}
