package io.flinkinference.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.benchmarks.measure.Contender;
import io.flinkinference.benchmarks.measure.Outcome;
import io.flinkinference.benchmarks.measure.Rounds;
import io.flinkinference.benchmarks.measure.Sample;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class VariantsTest {

  private final Variants variants =
      new Variants(
          Stream.of("a", "b")
              .flatMap(side -> Stream.of(1, 2).map(subtasks -> new Variant(side, subtasks, null)))
              .toList());

  @Test
  void eachSideIsComparedByTheParallelismThatDidMoreInTheMedian() throws Exception {
    Outcome outcome =
        Rounds.run(
            List.of(
                rates("a, parallelism 1", 10, 10, 90),
                rates("a, parallelism 2", 20, 20, 20),
                rates("b, parallelism 1", 40, 40, 40),
                rates("b, parallelism 2", 30, 30, 30),
                rates("bare engine", 50, 50, 50)),
            3,
            line -> {});

    assertThat(variants.best(outcome))
        .extracting(Variant::name)
        .containsExactly("a, parallelism 2", "b, parallelism 1");
    Outcome bySide = variants.bySide(outcome);
    assertThat(bySide.names()).containsExactly("a", "b", "bare engine");
    assertThat(bySide.ratio("b", "a")).isEqualTo(2);
    assertThat(variants.table(outcome).rows()).hasSize(4);
  }

  @Test
  void aParallelismThatFailedIsNotCompared() throws Exception {
    Outcome outcome = Rounds.run(List.of(rates("a, parallelism 2", 20)), 1, line -> {});

    assertThat(variants.isPeer("a, parallelism 1")).isTrue();
    assertThat(variants.isPeer("bare engine")).isFalse();
    Variants ran = variants.in(outcome);
    assertThat(ran.best(outcome)).extracting(Variant::name).containsExactly("a, parallelism 2");
    assertThat(ran.has(new Peer("a", "", null))).isTrue();
    assertThat(ran.has(new Peer("b", "", null))).isFalse();
  }

  @Test
  void fewTextsAndQuickRunsHaveOneSubtask() {
    assertThat(Variants.parallelisms(1_500, 4, false)).containsExactly(1, 4);
    assertThat(Variants.parallelisms(63, 4, false)).containsExactly(1);
    assertThat(Variants.parallelisms(1_500, 4, true)).containsExactly(1);
    assertThat(Variants.parallelisms(1_500, 1, false)).containsExactly(1);
  }

  private static Contender rates(String name, int... recordsPerSecond) {
    Iterator<Integer> rates = Arrays.stream(recordsPerSecond).iterator();
    return Contender.of(name, () -> new Sample(rates.next(), 0, 1_000_000_000, 0));
  }
}
