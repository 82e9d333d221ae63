package io.flinkinference.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.InferenceOptions;
import io.flinkinference.benchmarks.measure.BenchmarkSettings;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ProductTest {

  @Test
  void theDefaultPromptOfTheModelIsOffForPeersHaveNone() {
    BenchmarkSettings settings =
        new BenchmarkSettings(false, "m", "m", true, Optional.empty(), 1, line -> {});

    assertThat(Product.options(settings).get(InferenceOptions.TEXT_PREFIX)).isEmpty();
    assertThat(Product.options(settings).get(InferenceOptions.MODEL_FUSE)).isTrue();
  }
}
