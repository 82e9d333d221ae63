package io.flinkinference.tools.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class AxisTest {

  @Test
  void measuresStartAtNothing() {
    Axis axis = Axis.ofMeasures(List.of(55.0, 298.7), false, 6);
    assertThat(axis.ticks()).containsExactly(0.0, 50.0, 100.0, 150.0, 200.0, 250.0, 300.0);
    assertThat(axis.at(0)).isZero();
    assertThat(axis.at(150)).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void negativeMeasuresHaveRoom() {
    assertThat(Axis.ofMeasures(List.of(-3.0, 9.0), false, 6).ticks())
        .containsExactly(-4.0, -2.0, 0.0, 2.0, 4.0, 6.0, 8.0, 10.0);
  }

  @Test
  void equalDistancesAreEqualRatiosOnALogarithmicAxis() {
    Axis axis = Axis.ofMeasures(List.of(20.0, 7_000.0), true, 6);
    assertThat(axis.ticks()).containsExactly(100.0, 1_000.0, 10_000.0);
    assertThat(axis.from()).isEqualTo(20);
    assertThat(axis.at(2_000) - axis.at(200)).isCloseTo(axis.at(200), within(1e-9));
  }

  @Test
  void shortLogarithmicAxesHaveTicksBetween() {
    assertThat(Axis.ofMeasures(List.of(12.0, 248.0), true, 6).ticks())
        .containsExactly(10.0, 20.0, 50.0, 100.0, 200.0, 500.0);
  }

  @Test
  void fewSettingsAreTheTicks() {
    List<Double> lengths = List.of(8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0);
    Axis axis = Axis.ofSettings(lengths, true, 12);
    assertThat(axis.ticks()).isEqualTo(lengths);
    assertThat(axis.at(8)).isZero();
    assertThat(axis.at(512)).isEqualTo(1);
  }

  @Test
  void ticksThatWouldTouchAreLeftOut() {
    assertThat(Axis.ofSettings(List.of(1.0, 2.0, 98.0, 100.0), false, 7).ticks())
        .containsExactly(2.0, 100.0);
  }

  @Test
  void manySettingsHaveRoundTicksWithin() {
    List<Double> many = DoubleStream.iterate(3, x -> x + 7).limit(20).boxed().toList();
    assertThat(Axis.ofSettings(many, false, 7).ticks())
        .containsExactly(20.0, 40.0, 60.0, 80.0, 100.0, 120.0);
  }

  @Test
  void nothingToDrawIsDrawn() {
    assertThat(Axis.ofMeasures(List.of(), false, 6).ticks()).contains(0.0, 1.0);
    assertThat(Axis.ofMeasures(List.of(0.0, Double.NaN), true, 6).ticks()).contains(1.0, 10.0);
    assertThat(Axis.ofSettings(List.of(4.0), false, 6).at(4)).isEqualTo(1);
  }

  @Test
  void namesAreMovedApart() {
    assertThat(LineChart.spread(new double[] {10, 11, 95, 99}, 10, 100))
        .containsExactly(10, 20, 90, 100);
  }
}
