package io.flinkinference.examples.demo;

import io.flinkinference.OutputMode;
import io.flinkinference.ScoredStream;
import io.flinkinference.Tasks;
import io.flinkinference.TextInference;
import io.flinkinference.connectors.DeadLetters;
import io.flinkinference.connectors.KafkaTexts;
import io.flinkinference.connectors.ScoredTexts;
import io.flinkinference.connectors.text.KafkaText;
import io.flinkinference.examples.labels.TopicLabels;
import io.flinkinference.local.FlinkPath;
import io.flinkinference.result.Classification;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** The job that the demo shows: texts from one topic, their topics of debate into another. */
final class ScoringJob {

  private static final String NAME = "flink-inference demo";
  private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(1);
  private static final int RESTARTS = 3;

  private ScoringJob() {}

  /**
   * Builds the job.
   *
   * @param bootstrapServers of Kafka
   * @param options model, parallelism and order
   * @param labels what the texts may be about
   * @param checkpoints directory for checkpoints
   */
  static JobGraph graph(
      String bootstrapServers, DemoOptions options, TopicLabels labels, Path checkpoints) {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration(checkpoints));
    env.setParallelism(options.parallelism());

    DataStream<KafkaText> texts =
        env.fromSource(
            KafkaTexts.source(bootstrapServers, Topics.TEXTS).groupId("demo").build(),
            WatermarkStrategy.noWatermarks(),
            Topics.TEXTS);

    ScoredStream<KafkaText, Classification> scored =
        TextInference.on(texts)
            .text(KafkaText::text)
            .model(options.model())
            .task(Tasks.zeroShot(labels.descriptions(), labels.temperature()))
            .outputMode(options.ordered() ? OutputMode.ORDERED : OutputMode.UNORDERED)
            .build();

    scored
        .results()
        .sinkTo(
            ScoredTexts.classifications(bootstrapServers, Topics.SCORED)
                .includeText(true)
                .exactlyOnce("demo")
                .build())
        .name(Topics.SCORED);
    scored
        .deadLetters()
        .sinkTo(DeadLetters.sink(bootstrapServers, Topics.DEAD_LETTERS).exactlyOnce("demo").build())
        .name(Topics.DEAD_LETTERS);

    StreamGraph graph = env.getStreamGraph();
    graph.setJobName(NAME);
    return graph.getJobGraph();
  }

  private static Configuration configuration(Path checkpoints) {
    Configuration configuration = new Configuration();
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL);
    configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, FlinkPath.of(checkpoints));
    // A job that cannot run has to say so; by default Flink would try for ever.
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, RESTARTS);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofSeconds(1));
    return configuration;
  }
}
