package io.flinkinference.benchmarks.pipeline;

import io.flinkinference.benchmarks.bare.Tokenized;
import io.flinkinference.benchmarks.flink.BenchCluster;
import io.flinkinference.benchmarks.measure.Contender;
import io.flinkinference.benchmarks.measure.CpuTrace;
import io.flinkinference.benchmarks.measure.Sample;
import io.flinkinference.local.LocalKafka;
import io.flinkinference.model.Model;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs the job over all texts, and measures the part of it between the first tenth of the results
 * and the last. It uses the cluster and the broker that it is given, and owns none of them.
 */
final class Pipeline implements Contender {

  static final String TEXTS = "texts";
  static final String SHORT_TEXTS = "short-texts";

  private final LocalKafka kafka;
  private final BenchCluster cluster;
  private final String modelId;
  private final Model model;
  private final Tokenized texts;
  private final int parallelism;
  private final List<Costs> costs = new ArrayList<>();
  private int runs;

  Pipeline(
      LocalKafka kafka,
      BenchCluster cluster,
      String modelId,
      Model model,
      Tokenized texts,
      int parallelism) {
    this.kafka = kafka;
    this.cluster = cluster;
    this.modelId = modelId;
    this.model = model;
    this.texts = texts;
    this.parallelism = parallelism;
  }

  static String name(int parallelism) {
    return "pipeline, parallelism " + parallelism;
  }

  @Override
  public String name() {
    return name(parallelism);
  }

  @Override
  public Sample run() throws Exception {
    PipelineJob job = job("parallelism-%d-run-%d".formatted(parallelism, runs++));
    try (CpuTrace trace =
        new CpuTrace(ThreadGroups::of, ThreadGroups.BROKER, kafka.process().toHandle())) {
      cluster.run(job.graph(TEXTS, checkpoints()));
      Committed committed =
          Committed.read(kafka.bootstrapServers(), job.results(), texts.encodings().size());
      Middle middle = Middle.of(committed.results(), texts);
      Map<String, Long> cpu = trace.between(middle.fromMillis(), middle.toMillis());
      costs.add(Costs.of(cluster.metrics(), cpu, middle.records()));
      return new Sample(
          middle.records(),
          middle.tokens(),
          1_000_000 * middle.millis(),
          cpu.values().stream().mapToLong(Long::longValue).sum());
    }
  }

  /**
   * Runs once for the compilers, as a job that runs for days has done.
   *
   * @param topic has many short texts, so that all but the engine runs often
   */
  void warmUp(String topic) throws Exception {
    cluster.run(job("warm-up-" + parallelism).graph(topic, checkpoints()));
  }

  private PipelineJob job(String run) throws Exception {
    PipelineJob job = new PipelineJob(kafka.bootstrapServers(), run, modelId, model, parallelism);
    kafka.createTopic(job.results(), parallelism);
    kafka.createTopic(job.deadLetters(), 1);
    return job;
  }

  private Path checkpoints() {
    return cluster.directory().resolve("checkpoints");
  }

  /** What the run in the middle cost. */
  Costs costs() {
    return Costs.middle(costs);
  }
}
