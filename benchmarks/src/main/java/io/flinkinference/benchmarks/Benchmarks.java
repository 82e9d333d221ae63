package io.flinkinference.benchmarks;

import io.flinkinference.benchmarks.bare.LimitBenchmark;
import io.flinkinference.benchmarks.infinity.InfinityBenchmark;
import io.flinkinference.benchmarks.latency.LatencyBenchmark;
import io.flinkinference.benchmarks.measure.Benchmark;
import io.flinkinference.benchmarks.operator.OperatorBenchmark;
import io.flinkinference.benchmarks.peers.PeersBenchmark;
import io.flinkinference.benchmarks.pipeline.PipelineBenchmark;
import io.flinkinference.benchmarks.scale.ScaleBenchmark;
import io.flinkinference.benchmarks.texts.TextsBenchmark;
import java.util.List;
import java.util.stream.Collectors;

/** All benchmarks. A new one takes a line here. */
final class Benchmarks {

  private static final List<Benchmark> ALL =
      List.of(
          new LimitBenchmark(),
          new PipelineBenchmark(),
          new PeersBenchmark(),
          new LatencyBenchmark(),
          new OperatorBenchmark(),
          new ScaleBenchmark(),
          new TextsBenchmark(),
          new InfinityBenchmark());

  private Benchmarks() {}

  static List<Benchmark> all() {
    return ALL;
  }

  /**
   * The benchmark of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Benchmark named(String name) {
    return ALL.stream()
        .filter(benchmark -> benchmark.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no benchmark '"
                        + name
                        + "'. There are "
                        + ALL.stream().map(Benchmark::name).collect(Collectors.joining(", "))
                        + "."));
  }
}
