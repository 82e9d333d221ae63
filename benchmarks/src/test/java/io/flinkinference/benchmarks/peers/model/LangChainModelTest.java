package io.flinkinference.benchmarks.peers.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.model.Pooling;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the library would do in another way than the model asks for. */
final class LangChainModelTest {

  @Test
  void vectorsThatAreNotOfLengthOneAreRefused() {
    assertThatThrownBy(() -> LangChainModel.open(model(256, false)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("scales all vectors");
  }

  @Test
  void textsThatItWouldCutInPartsAreRefused() {
    assertThatThrownBy(() -> LangChainModel.open(model(8_192, true)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("512 tokens at once")
        .hasMessageContaining("8,192");
  }

  private static ModelSettings model(int maxTokens, boolean normalized) {
    return new ModelSettings("", "", maxTokens, Pooling.MEAN, normalized, 0, List.of());
  }
}
