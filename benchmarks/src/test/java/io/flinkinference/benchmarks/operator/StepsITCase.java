package io.flinkinference.benchmarks.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.benchmarks.flink.BenchCluster;
import io.flinkinference.benchmarks.flink.InMemoryJob;
import io.flinkinference.benchmarks.flink.InMemoryJob.Step;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class StepsITCase {

  private static final List<String> TEXTS =
      IntStream.range(0, 5_000).mapToObj(Integer::toString).toList();

  private static final int[] LENGTHS = {7, 32, 120};

  @Test
  void eachStepMakesOneResultOfEachRecord() throws Exception {
    try (BenchCluster cluster = BenchCluster.start(1)) {
      for (Step step :
          List.of(
              Steps.map(),
              Steps.async(true),
              Steps.async(false),
              Steps.inference(true, LENGTHS),
              Steps.inference(false, LENGTHS))) {
        // It fails where a result is missing.
        assertThat(InMemoryJob.run(cluster, TEXTS, text -> 1, 1, step).records()).isEqualTo(4_000);
      }
      assertThat(cluster.metrics().count("batchRows")).isEqualTo(5_000);
      assertThat(cluster.metrics().count("singleFlightHits")).isZero();
    }
  }
}
