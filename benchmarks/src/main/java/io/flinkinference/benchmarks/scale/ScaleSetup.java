package io.flinkinference.benchmarks.scale;

import io.flinkinference.benchmarks.bare.Tokenized;
import io.flinkinference.benchmarks.flink.BenchCluster;
import io.flinkinference.benchmarks.flink.InMemoryJob;
import io.flinkinference.benchmarks.flink.InMemoryJob.Step;
import io.flinkinference.benchmarks.measure.BenchmarkSettings;
import io.flinkinference.benchmarks.measure.Sample;
import io.flinkinference.model.Model;

/**
 * What all curves have in common.
 *
 * @param settings of the benchmark
 * @param model its files
 * @param texts that each point of each curve scores
 */
record ScaleSetup(BenchmarkSettings settings, Model model, Tokenized texts) {

  /** Scores all texts once. */
  Sample run(BenchCluster cluster, int parallelism, Step step) throws Exception {
    return InMemoryJob.run(cluster, texts.workload().texts(), texts.lengths(), parallelism, step);
  }
}
