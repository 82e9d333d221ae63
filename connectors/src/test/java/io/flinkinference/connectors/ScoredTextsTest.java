package io.flinkinference.connectors;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.connectors.output.OutputFormat;
import org.junit.jupiter.api.Test;

class ScoredTextsTest {

  @Test
  void aTextWithoutAPlaceForItIsRefused() {
    assertThatThrownBy(() -> sink(OutputFormat.plain()).includeText(true).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("includeText() is true")
        .hasMessageContaining("PlainFormat")
        .hasMessageContaining("OutputFormat.scoredText() or json()");
    assertThatCode(() -> sink(OutputFormat.json()).includeText(true).build())
        .doesNotThrowAnyException();
    assertThatCode(() -> sink(OutputFormat.plain()).build()).doesNotThrowAnyException();
  }

  private static ScoredTexts<?> sink(OutputFormat format) {
    return ScoredTexts.classifications("localhost:9092", "scored").atLeastOnce().format(format);
  }
}
