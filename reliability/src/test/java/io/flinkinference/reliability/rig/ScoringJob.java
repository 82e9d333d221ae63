package io.flinkinference.reliability.rig;

import io.flinkinference.ScoredStream;
import io.flinkinference.Tasks;
import io.flinkinference.TextInference;
import io.flinkinference.result.Embedding;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.datastream.DataStreamSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** The job that is measured: numbers, their texts, the operator, and nothing behind it. */
public final class ScoringJob {

  private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(5);

  private ScoringJob() {}

  /**
   * Builds the job.
   *
   * @param bench whose subtasks it has
   * @param options of the operator
   * @param chained whether the source is part of the operator's task, or sends over a buffer
   * @param checkpoints directory for checkpoints
   */
  public static JobGraph graph(
      Bench bench, Configuration options, boolean chained, Path checkpoints) {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration(checkpoints));
    int subtasks = bench.probes().size();
    env.setParallelism(subtasks);
    DataStreamSource<Long> numbers =
        env.fromSource(
            new LoadSource(bench.name(), subtasks), WatermarkStrategy.noWatermarks(), "load");
    if (!chained) {
      numbers.disableChaining();
    }
    ScoredStream<NumberedText, Embedding> scored =
        TextInference.on(numbers.map(new Enter(bench.name())).name("enter"))
            .text(NumberedText::text)
            .model(Settings.model())
            .options(options)
            .task(Tasks.embedding())
            .build();
    scored.results().map(new Leave(bench.name())).name("leave").sinkTo(new DiscardingSink<>());
    scored
        .deadLetters()
        .map(new LeaveDead(bench.name()))
        .name("leave dead")
        .sinkTo(new DiscardingSink<>());
    return env.getStreamGraph().getJobGraph();
  }

  private static Configuration configuration(Path checkpoints) {
    Configuration configuration = new Configuration();
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL);
    configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO);
    return configuration;
  }
}
