package io.flinkinference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.operator.OperatorOptions;
import io.flinkinference.task.BatchOptions;
import io.flinkinference.task.TextPolicy;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

class InferenceOptionsTest {

  @Test
  void defaultsFitTogether() {
    OperatorOptions options =
        OptionReader.operatorOptions(new Configuration(), OutputMode.UNORDERED);
    assertThat(options.batching().mode()).isEqualTo(BatchOptions.Mode.MEASURED);
    assertThat(options.batching().tokenBudget()).isEqualTo(4_096);
    assertThat(options.ordered()).isFalse();
    assertThat(options.texts()).isEqualTo(TextPolicy.DEFAULT);
    assertThat(OptionReader.loadOptions(new Configuration()).device()).isEqualTo("cpu");
  }

  @Test
  void aContradictionNamesBothValuesAndBothRemedies() {
    Configuration config = new Configuration();
    config.set(InferenceOptions.TOKEN_BUDGET, 2_000);
    config.set(InferenceOptions.MAX_TOKENS_IN_FLIGHT, 1_000);
    assertThatThrownBy(() -> OptionReader.operatorOptions(config, OutputMode.ORDERED))
        .hasMessageContaining("inference.in-flight.max-tokens is 1000")
        .hasMessageContaining("inference.batch.token-budget, which is 2000")
        .hasMessageContaining("Raise the first or lower the second");
  }

  @Test
  void aLatencyTargetAndItsModeNeedEachOther() {
    Configuration noTarget = new Configuration();
    noTarget.set(InferenceOptions.BATCH_MODE, BatchOptions.Mode.LATENCY_TARGET);
    assertThatThrownBy(() -> OptionReader.operatorOptions(noTarget, OutputMode.ORDERED))
        .hasMessageContaining("inference.batch.mode is LATENCY_TARGET, but there is no")
        .hasMessageContaining("inference.batch.latency-target");
    Configuration wrongMode = new Configuration();
    wrongMode.set(InferenceOptions.LATENCY_TARGET, Duration.ofMillis(50));
    wrongMode.set(InferenceOptions.BATCH_MODE, BatchOptions.Mode.FIXED);
    assertThatThrownBy(() -> OptionReader.operatorOptions(wrongMode, OutputMode.ORDERED))
        .hasMessageContaining("inference.batch.mode is FIXED, which keeps no")
        .hasMessageContaining("Set the mode to LATENCY_TARGET, or leave the target out");
  }

  @Test
  void theModeGoesByTheOtherOptionsUnlessItIsSet() {
    Configuration budget = new Configuration();
    budget.set(InferenceOptions.TOKEN_BUDGET, 100);
    assertThat(batching(budget)).extracting("mode").isEqualTo(BatchOptions.Mode.FIXED);
    Configuration cold = new Configuration();
    cold.set(InferenceOptions.WARM_UP, false);
    assertThat(batching(cold)).extracting("mode").isEqualTo(BatchOptions.Mode.RECORDED);
    assertThat(batching(cold)).extracting("tokenBudget").isEqualTo(256);
    Configuration target = new Configuration();
    target.set(InferenceOptions.LATENCY_TARGET, Duration.ofMillis(50));
    assertThat(batching(target)).extracting("mode").isEqualTo(BatchOptions.Mode.LATENCY_TARGET);
  }

  @Test
  void nothingLingersForAsLongAsTheTargetAllows() {
    Configuration config = new Configuration();
    config.set(InferenceOptions.LATENCY_TARGET, Duration.ofMillis(50));
    config.set(InferenceOptions.LINGER, Duration.ofMillis(50));
    assertThatThrownBy(() -> batching(config))
        .hasMessageContaining("inference.batch.linger is 50 ms")
        .hasMessageContaining("inference.batch.latency-target allows, which is 50 ms");
  }

  @Test
  void aBudgetThatNobodySetFitsIntoWhatMayBeInFlight() {
    Configuration config = new Configuration();
    config.set(InferenceOptions.MAX_TOKENS_IN_FLIGHT, 1_000);
    assertThat(batching(config)).extracting("tokenBudget").isEqualTo(1_000);
  }

  private static BatchOptions batching(Configuration config) {
    return OptionReader.operatorOptions(config, OutputMode.ORDERED).batching();
  }

  @Test
  void theModesThatMeasureNeedTheWarmUp() {
    Configuration config = new Configuration();
    config.set(InferenceOptions.BATCH_MODE, BatchOptions.Mode.MEASURED);
    assertThat(OptionReader.operatorOptions(config, OutputMode.ORDERED).batching().tokenBudget())
        .isEqualTo(4_096);
    config.set(InferenceOptions.WARM_UP, false);
    assertThatThrownBy(() -> OptionReader.operatorOptions(config, OutputMode.ORDERED))
        .hasMessageContaining("inference.batch.warm-up is false");
  }

  @Test
  void aTimeLimitThatWouldEndHealthyRunsIsRefused() {
    Configuration config = new Configuration();
    config.set(InferenceOptions.TIME_LIMIT, Duration.ofMillis(500));
    assertThatThrownBy(() -> OptionReader.loadOptions(config))
        .hasMessageContaining("inference.engine.time-limit is 500 ms");
    config.set(InferenceOptions.OPEN_LIMIT, Duration.ofMillis(400));
    assertThatThrownBy(() -> OptionReader.operatorOptions(config, OutputMode.ORDERED))
        .hasMessageContaining("inference.engine.open-limit is 400 ms");
  }

  /** Time is counted in nanoseconds. */
  @Test
  void aLimitThatCannotBeCountedIsRefused() {
    Configuration config = new Configuration();
    config.set(InferenceOptions.OPEN_LIMIT, Duration.ofMillis(Long.MAX_VALUE));
    assertThatThrownBy(() -> OptionReader.operatorOptions(config, OutputMode.ORDERED))
        .hasMessageContaining("inference.engine.open-limit is ")
        .hasMessageContaining("At most it is 365 days.");
    Configuration linger = new Configuration();
    linger.set(InferenceOptions.LINGER, Duration.ofDays(366));
    assertThatThrownBy(() -> OptionReader.operatorOptions(linger, OutputMode.ORDERED))
        .hasMessageContaining("inference.batch.linger is 366 d");
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    Configuration config = new Configuration();
    config.set(InferenceOptions.MAX_RECORDS_IN_FLIGHT, 0);
    assertThatThrownBy(() -> OptionReader.operatorOptions(config, OutputMode.ORDERED))
        .hasMessageContaining("inference.in-flight.max-records is at least 1, not 0");
    Configuration negative = new Configuration();
    negative.set(InferenceOptions.CONCURRENCY, -1);
    assertThatThrownBy(() -> OptionReader.loadOptions(negative))
        .hasMessageContaining("inference.engine.concurrency is at least 0, not -1");
  }

  @Test
  void anUnknownDeviceIsRefusedWhenTheJobIsBuilt() {
    Configuration config = new Configuration();
    config.set(InferenceOptions.DEVICE, "gpu1x");
    assertThatThrownBy(() -> OptionReader.loadOptions(config))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gpu1x");
  }

  @Test
  void settingsOfADeviceAreCheckedWhenTheJobIsBuilt() {
    Configuration config = new Configuration();
    config.set(InferenceOptions.DEVICE, "cuda:1");
    config.set(InferenceOptions.DEVICE_OPTIONS, Map.of("use_tf32", "0"));
    assertThat(OptionReader.loadOptions(config).provider().settings())
        .containsExactly(Map.entry("use_tf32", "0"));
    config.set(InferenceOptions.DEVICE_OPTIONS, Map.of("use_tf23", "0"));
    assertThatThrownBy(() -> OptionReader.loadOptions(config))
        .hasMessageContaining("cuda has no setting 'use_tf23'")
        .hasMessageContaining("use_tf32");
  }

  @Test
  void shapesAreRoundedForDevicesThatPrepareForThem() {
    Configuration config = new Configuration();
    assertThat(OptionReader.loadOptions(config).roundsShapes()).isFalse();
    config.set(InferenceOptions.DEVICE, "tensorrt");
    assertThat(OptionReader.loadOptions(config).roundsShapes()).isTrue();
    assertThat(OptionReader.loadOptions(config).provider().tokenBudget()).isEqualTo(4_096);
    config.set(InferenceOptions.ROUND_SHAPES, false);
    assertThat(OptionReader.loadOptions(config).roundsShapes()).isFalse();
    config.set(InferenceOptions.DEVICE, "cpu");
    config.set(InferenceOptions.ROUND_SHAPES, true);
    assertThat(OptionReader.loadOptions(config).roundsShapes()).isTrue();
  }

  @Test
  void parityIsBetweenNoneAndOne() {
    Configuration options = new Configuration();
    options.set(InferenceOptions.MODEL_MIN_PARITY, 1.5);
    assertThatThrownBy(() -> InferenceOptions.check(options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("inference.model.min-parity is 1.5");
  }
}
