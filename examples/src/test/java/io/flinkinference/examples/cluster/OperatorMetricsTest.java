package io.flinkinference.examples.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.junit.jupiter.api.Test;

final class OperatorMetricsTest {

  private final OperatorMetrics metrics = new OperatorMetrics();

  @Test
  void subtasksAreAddedUp() {
    metrics.add("batches", counted(2));
    metrics.add("batches", counted(3));
    metrics.add("batchRows", counted(20));
    assertThat(metrics.count("batches")).isEqualTo(5);
    assertThat(metrics.count("batchRows")).isEqualTo(20);
  }

  @Test
  void whatWasCountedSinceIsInTheSum() {
    Counter batches = counted(7);
    metrics.add("batches", batches);
    batches.inc();
    assertThat(metrics.count("batches")).isEqualTo(8);
  }

  @Test
  void whatNoOperatorHasIsNothing() {
    assertThat(metrics.count("batches")).isZero();
    assertThat(metrics.median("operatorTime")).isZero();
    assertThat(metrics.padding()).isEqualTo(1);
  }

  @Test
  void paddingIsByTheTokensOfTexts() {
    metrics.add("realTokens", counted(100));
    metrics.add("paddedTokens", counted(110));
    assertThat(metrics.padding()).isEqualTo(1.1);
  }

  @Test
  void whatIsClearedIsForgotten() {
    metrics.add("batches", counted(2));
    metrics.clear();
    assertThat(metrics.count("batches")).isZero();
  }

  private static Counter counted(long value) {
    SimpleCounter counter = new SimpleCounter();
    counter.inc(value);
    return counter;
  }
}
