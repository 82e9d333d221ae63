package io.flinkinference.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CostsTest {

  private final Costs least = costs(80, 3);
  private final Costs middle = costs(70, 20);
  private final Costs most = costs(90, 10);

  @Test
  void theRunInTheMiddleIsGivenWholeAlthoughItsPartsAreNotInTheMiddle() {
    assertThat(Costs.middle(List.of(most, least, middle))).isSameAs(middle);
  }

  @Test
  void ofTwoRunsTheLowerIsGivenForItsPartsAddUp() {
    assertThat(Costs.middle(List.of(most, least))).isSameAs(least);
    assertThat(least.allCpuMillis()).isEqualTo(83);
  }

  private static Costs costs(double engine, double broker) {
    return new Costs(
        0, 0, 0, 0, 1, 0, Map.of(ThreadGroups.ENGINE, engine, ThreadGroups.BROKER, broker));
  }
}
