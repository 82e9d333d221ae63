package io.flinkinference.benchmarks.texts;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.benchmarks.bare.Shape;
import io.flinkinference.benchmarks.measure.Contender;
import io.flinkinference.benchmarks.measure.Outcome;
import io.flinkinference.benchmarks.measure.Rounds;
import io.flinkinference.benchmarks.measure.Sample;
import io.flinkinference.benchmarks.peers.Product;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MeasuredTest {

  @Test
  void theBestPeerOnTheSameGraphIsTheOneThatComesNearest() throws Exception {
    Outcome outcome =
        Rounds.run(
            List.of(rate(Product.NAME, 120), rate("c", 60), rate("d", 100), rate("f", 40)),
            1,
            line -> {});

    assertThat(measured(outcome).ratioToBestOnSameGraph()).isEqualTo(1.2);
  }

  @Test
  void aPeerThatFailedIsNotCompared() throws Exception {
    Outcome outcome = Rounds.run(List.of(rate(Product.NAME, 120), rate("c", 60)), 1, line -> {});

    assertThat(measured(outcome).ratioToBestOnSameGraph()).isEqualTo(2);
  }

  private static Measured measured(Outcome outcome) {
    return new Measured(
        "short texts", 8, outcome, new Shape(64, 1, 1), List.of(), List.of("c", "d", "f"), 1);
  }

  private static Contender rate(String name, int recordsPerSecond) {
    return Contender.of(name, () -> new Sample(recordsPerSecond, 0, 1_000_000_000, 0));
  }
}
