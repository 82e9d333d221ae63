package io.flinkinference.benchmarks.bare;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.benchmarks.measure.Contender;
import io.flinkinference.benchmarks.measure.Outcome;
import io.flinkinference.benchmarks.measure.Rounds;
import io.flinkinference.benchmarks.measure.Sample;
import io.flinkinference.benchmarks.workload.Workload;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.report.Plot;
import io.flinkinference.tools.report.Series.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LimitBenchmarkTest {

  @Test
  void theLowerBoundsAreDrawnBesideTheEngineThoughTheyAreFarFromIt() throws Exception {
    Outcome outcome =
        Rounds.run(
            List.of(
                rate(Limit.NAME, 300),
                rate("tokenizer only", 30_000),
                rate("copies only", 900_000)),
            1,
            line -> {});
    Tokenized texts =
        new Tokenized(new Workload("one text", List.of("a")), List.of(Encoding.of(1)));

    List<Plot> plots =
        LimitBenchmark.compared(new Limit.Best(new Shape(64, 1, 1), outcome), texts).plots();

    assertThat(plots).hasSize(1);
    assertThat(plots.get(0).logarithmicY()).isTrue();
    assertThat(plots.get(0).series().get(0).points())
        .containsExactly(
            new Point(Limit.NAME, 0, 300),
            new Point("tokenizer only", 0, 30_000),
            new Point("copies only", 0, 900_000));
  }

  private static Contender rate(String name, int recordsPerSecond) {
    return Contender.of(name, () -> new Sample(recordsPerSecond, 0, 1_000_000_000, 0));
  }
}
