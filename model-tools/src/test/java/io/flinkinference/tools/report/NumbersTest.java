package io.flinkinference.tools.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NumbersTest {

  @Test
  void threeDigitsCount() {
    assertThat(Numbers.format(12_345.678)).isEqualTo("12,346");
    assertThat(Numbers.format(298.73)).isEqualTo("299");
    assertThat(Numbers.format(29.873)).isEqualTo("29.9");
    assertThat(Numbers.format(0.93456)).isEqualTo("0.935");
    assertThat(Numbers.format(0.00123)).isEqualTo("0.00123");
    assertThat(Numbers.format(0.0)).isEqualTo("0");
  }

  @Test
  void whatIsCountedIsNotRounded() {
    assertThat(Numbers.format(66_955_010)).isEqualTo("66,955,010");
    assertThat(Numbers.format(true)).isEqualTo("yes");
    assertThat(Numbers.format("fp32")).isEqualTo("fp32");
    assertThat(Numbers.format(Double.NaN)).isEqualTo("NaN");
  }

  @Test
  void nothingIsNotBelowNothing() {
    assertThat(Numbers.fixed(-0.0004, 2)).isEqualTo("0.00");
    assertThat(Numbers.fixed(-0.5, 1)).isEqualTo("-0.5");
  }

  @Test
  void columnsShareTheirDecimals() {
    Table table =
        new Table(
            List.of("name", "rate", "count", "wide"),
            List.of(
                List.of("a", 298.73, 7, 0.0031),
                List.of("b", 55.1, 1_200, 4_096.0),
                List.of("c", "failed", 3, 1.0)));
    List<Column> columns = Column.of(table);
    assertThat(columns.get(0).numeric()).isFalse();
    assertThat(columns.get(1).numeric()).isTrue();
    assertThat(columns.get(1).cells()).containsExactly("298.7", "55.1", "failed");
    assertThat(columns.get(2).cells()).containsExactly("7", "1,200", "3");
    assertThat(columns.get(3).cells()).containsExactly("0.00310", "4,096", "1.00");
  }

  @Test
  void namesOfFiguresAreReadable() {
    assertThat(Words.of("ratioToLimit")).isEqualTo("Ratio to limit");
    assertThat(Words.of("cpuSecondsPer1000Records")).isEqualTo("CPU seconds per 1000 records");
    assertThat(Words.of("bareRunP50Millis")).isEqualTo("Bare run p50 millis");
    assertThat(Words.of("p99At80Percent")).isEqualTo("P99 at 80 percent");
    assertThat(Words.of("p99 (ms)")).isEqualTo("p99 (ms)");
  }
}
