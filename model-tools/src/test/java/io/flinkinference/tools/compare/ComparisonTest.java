package io.flinkinference.tools.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ComparisonTest {

  private static final Costs COSTS = new Costs(10, 0.04);

  private static Measurement model(String name, double accuracy, double cpu, double p99) {
    return new Measurement(
        name, 100, 0, accuracy, 0, 1, accuracy, 1_000 / cpu, p99 / 2, p99, 1, 1, cpu);
  }

  private static final List<Measurement> MODELS =
      List.of(model("large", 0.95, 9, 30), model("bad", 0.80, 5, 15), model("small", 0.90, 3, 10));

  @Test
  void frontHoldsWhatNoOtherBeats() {
    Comparison comparison = Comparison.of(MODELS, COSTS, 0, null);
    assertThat(comparison.candidates())
        .filteredOn(Candidate::onFront)
        .extracting(one -> one.measured().model())
        .containsExactly("small", "large");
  }

  @Test
  void cheapestThatIsGoodEnoughIsChosen() {
    assertThat(Comparison.of(MODELS, COSTS, 0.92, 50.0).choice().orElseThrow().measured().model())
        .isEqualTo("large");
    assertThat(Comparison.of(MODELS, COSTS, 0.5, 50.0).choice().orElseThrow().measured().model())
        .isEqualTo("small");
    assertThat(Comparison.of(MODELS, COSTS, 0.92, 20.0).choice()).isEmpty();
  }

  @Test
  void costsFollowTheProcessorTime() {
    Candidate small = Comparison.of(MODELS, COSTS, 0, 50.0).candidates().get(0);
    assertThat(small.wattHoursPerMillion()).isCloseTo(3_000 * 10 / 3_600.0, within(1e-9));
    assertThat(small.pricePerMillion()).isCloseTo(3_000 / 3_600.0 * 0.04, within(1e-9));
  }
}
