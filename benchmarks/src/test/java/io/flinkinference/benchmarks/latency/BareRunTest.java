package io.flinkinference.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.benchmarks.bare.Tokenized;
import io.flinkinference.benchmarks.workload.Workload;
import io.flinkinference.text.Encoding;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BareRunTest {

  private static final Tokenized THREE =
      new Tokenized(
          new Workload("three texts", List.of("a", "b", "c")),
          List.of(Encoding.of(1), Encoding.of(1, 2), Encoding.of(1, 2, 3)));

  /** Another choice of texts would have other lengths than the load that it is held against. */
  @Test
  void theTextsThatArriveAreRun() {
    assertThat(lengths(2)).containsExactly(1, 2);
    assertThat(lengths(7)).containsExactly(1, 2, 3, 1, 2, 3, 1);
  }

  private static List<Integer> lengths(int arrivals) {
    return BareRun.arriving(THREE, arrivals).stream().map(Encoding::length).toList();
  }
}
