package io.flinkinference.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flinkinference.examples.figures.BatchFigures;
import io.flinkinference.examples.figures.PhaseFigures;
import org.junit.jupiter.api.Test;

final class PhaseRecorderTest {

  private static final BatchFigures NO_BATCHES = new BatchFigures(0, 0, 0, 0);

  private final PhaseRecorder recorder = new PhaseRecorder();

  @Test
  void rateCountsFromTheFirstSentToTheLastDone() {
    recorder.sent(1_000);
    recorder.sent(1_500);
    recorder.sent(1_700);
    recorder.scored(1_500, 2_000, 2_400);
    recorder.scored(1_000, 1_800, 2_400);
    recorder.deadLettered(3_000);
    PhaseFigures figures = recorder.figures(NO_BATCHES);
    assertThat(figures.sent()).isEqualTo(3);
    assertThat(figures.scored()).isEqualTo(2);
    assertThat(figures.deadLettered()).isEqualTo(1);
    assertThat(figures.recordsPerSecond()).isCloseTo(1.5, within(1e-9));
  }

  @Test
  void latencyCountsFromTheRecordsTimestamp() {
    for (int i = 1; i <= 100; i++) {
      recorder.scored(0, i, 2L * i);
    }
    PhaseFigures figures = recorder.figures(NO_BATCHES);
    assertThat(figures.toResult().p50Millis()).isEqualTo(50);
    assertThat(figures.toResult().p99Millis()).isEqualTo(99);
    assertThat(figures.toReader().p99Millis()).isEqualTo(198);
    assertThat(recorder.firstAt()).isEqualTo(1);
  }

  @Test
  void nothingDoneHasNoLatencyAndNoRate() {
    recorder.sent(5);
    PhaseFigures figures = recorder.figures(NO_BATCHES);
    assertThat(figures.toResult()).isNull();
    assertThat(figures.toReader()).isNull();
    assertThat(figures.recordsPerSecond()).isZero();
  }

  @Test
  void clockThatStepsBackDoesNoHarm() {
    recorder.sent(100);
    recorder.scored(100, 90, 80);
    assertThat(recorder.figures(NO_BATCHES).toResult().p50Millis()).isZero();
  }
}
