package io.flinkinference.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.examples.figures.BatchFigures;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.junit.jupiter.api.Test;

final class BatchMetricsTest {

  private final BatchMetrics metrics = new BatchMetrics();

  @Test
  void subtasksAreAddedUp() {
    metrics.add("batches", counted(2));
    metrics.add("batches", counted(3));
    metrics.add("batchRows", counted(20));
    metrics.add("realTokens", counted(100));
    metrics.add("paddedTokens", counted(110));
    BatchFigures figures = metrics.figures();
    assertThat(figures).isEqualTo(new BatchFigures(5, 20, 100, 110));
    assertThat(figures.meanRows()).isEqualTo(4);
    assertThat(figures.paddingRatio()).isEqualTo(1.1);
  }

  @Test
  void whatAnEndedOperatorCountedStays() {
    Counter ended = counted(7);
    metrics.add("batches", ended);
    ended.inc();
    metrics.remove("batches", ended);
    metrics.remove("batches", ended);
    metrics.add("batches", counted(1));
    assertThat(metrics.figures().batches()).isEqualTo(9);
  }

  @Test
  void otherCountersAreNotOfInterest() {
    metrics.add("numRecordsIn", counted(5));
    metrics.remove("numRecordsIn", counted(5));
    assertThat(metrics.figures()).isEqualTo(new BatchFigures(0, 0, 0, 0));
  }

  @Test
  void beforeTheFirstBatchThereIsNoPadding() {
    assertThat(metrics.figures().meanRows()).isZero();
    assertThat(metrics.figures().paddingRatio()).isEqualTo(1);
  }

  private static Counter counted(long value) {
    SimpleCounter counter = new SimpleCounter();
    counter.inc(value);
    return counter;
  }
}
