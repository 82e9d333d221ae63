package io.flinkinference.benchmarks.scale;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

final class ProcessMemoryITCase {

  private static final String FP32 = "all-minilm-l6-v2";

  /** Its weights alone. */
  private static final double MODEL_MEBIBYTES = 80;

  @Test
  @EnabledOnOs(OS.LINUX) // The only system that tells.
  void eachEngineTakesTheMemoryOfItsModel() throws Exception {
    double none = ProcessMemory.mebibytes(FP32, Engines.NONE, 1, 20);
    double one = ProcessMemory.mebibytes(FP32, Engines.SHARED, 2, 20);
    double two = ProcessMemory.mebibytes(FP32, Engines.OWN, 2, 20);
    assertThat(none).isPositive();
    assertThat(one).isGreaterThan(none + MODEL_MEBIBYTES);
    assertThat(two).isGreaterThan(one + MODEL_MEBIBYTES / 2);
  }
}
