package io.flinkinference.benchmarks.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class ProcessMemoryITCase {

  private static final String FP32 = "all-minilm-l6-v2";

  /** Its weights alone. */
  private static final double MODEL_MEBIBYTES = 80;

  @Test
  @EnabledOnOs(OS.LINUX) // The only system that tells.
  void eachEngineTakesTheMemoryOfItsModel() throws Exception {
    double none = ProcessMemory.mebibytes(FP32, Engines.NONE, 1, 20, Optional.empty());
    double one = ProcessMemory.mebibytes(FP32, Engines.SHARED, 2, 20, Optional.empty());
    double two = ProcessMemory.mebibytes(FP32, Engines.OWN, 2, 20, Optional.empty());
    assertThat(none).isPositive();
    assertThat(one).isGreaterThan(none + MODEL_MEBIBYTES);
    assertThat(two).isGreaterThan(one + MODEL_MEBIBYTES / 2);
  }

  /** Memory goes by the lengths of texts. The process says on stderr that there are too few. */
  @Test
  void theTextsOfTheUserAreScored(@TempDir Path directory) throws Exception {
    Path file = Files.write(directory.resolve("texts.txt"), List.of("one", "two"));

    assertThatThrownBy(() -> ProcessMemory.mebibytes(FP32, Engines.NONE, 1, 20, Optional.of(file)))
        .hasMessageContaining("ended with code 1");
  }
}
