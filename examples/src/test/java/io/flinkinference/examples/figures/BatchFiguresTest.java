package io.flinkinference.examples.figures;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BatchFiguresTest {

  @Test
  void rowsAreByBatchesAndPaddingByTheTokensOfTexts() {
    BatchFigures figures = new BatchFigures(5, 20, 100, 110);
    assertThat(figures.meanRows()).isEqualTo(4);
    assertThat(figures.paddingRatio()).isEqualTo(1.1);
  }

  @Test
  void beforeTheFirstBatchThereIsNoPadding() {
    BatchFigures nothing = new BatchFigures(0, 0, 0, 0);
    assertThat(nothing.meanRows()).isZero();
    assertThat(nothing.paddingRatio()).isEqualTo(1);
  }
}
