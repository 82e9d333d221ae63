package io.flinkinference.benchmarks.pipeline;

import io.flinkinference.InferenceTask;
import io.flinkinference.ScoredStream;
import io.flinkinference.Tasks;
import io.flinkinference.TextInference;
import io.flinkinference.benchmarks.flink.Inference;
import io.flinkinference.benchmarks.flink.ModelTask;
import io.flinkinference.connectors.DeadLetters;
import io.flinkinference.connectors.KafkaTexts;
import io.flinkinference.connectors.ScoredTexts;
import io.flinkinference.connectors.text.KafkaText;
import io.flinkinference.local.FlinkPath;
import io.flinkinference.model.Model;
import io.flinkinference.result.Scored;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The job as a user would write it, with all defaults, but that it puts no prompt before a text, as
 * the bare engine does not, and that it ends when it has read what is there.
 *
 * @param bootstrapServers of Kafka
 * @param name of this run; its topics are called after it
 * @param modelId of the model, as a user would write it
 * @param model its files
 * @param parallelism of all of the job
 */
record PipelineJob(
    String bootstrapServers, String name, String modelId, Model model, int parallelism) {

  /** Commits so often that a commit is part of what is measured many times. */
  static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(1);

  String results() {
    return name + "-scored";
  }

  String deadLetters() {
    return name + "-dead-letters";
  }

  JobGraph graph(String texts, Path checkpoints) {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration(checkpoints));
    env.setParallelism(parallelism);
    DataStream<KafkaText> source =
        env.fromSource(
            KafkaTexts.source(bootstrapServers, texts)
                .groupId(name)
                .startingAt(OffsetsInitializer.earliest())
                .boundedAt(OffsetsInitializer.latest())
                .build(),
            WatermarkStrategy.noWatermarks(),
            "texts");
    if (ModelTask.hasLabels(model)) {
      add(
          source,
          Tasks.textClassification(),
          ScoredTexts.classifications(bootstrapServers, results()).exactlyOnce(name).build());
    } else {
      add(
          source,
          Tasks.embedding(),
          ScoredTexts.embeddings(bootstrapServers, results()).exactlyOnce(name).build());
    }
    return env.getStreamGraph().getJobGraph();
  }

  private <R> void add(
      DataStream<KafkaText> texts, InferenceTask<R> task, KafkaSink<Scored<KafkaText, R>> sink) {
    ScoredStream<KafkaText, R> scored =
        TextInference.on(texts)
            .text(KafkaText::text)
            .model(modelId)
            .options(Inference.withoutPrompt())
            .task(task)
            .build();
    scored.results().sinkTo(sink).name("results");
    scored
        .deadLetters()
        .sinkTo(DeadLetters.sink(bootstrapServers, deadLetters()).exactlyOnce(name).build())
        .name("dead letters");
  }

  private static Configuration configuration(Path checkpoints) {
    Configuration configuration = new Configuration();
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL);
    configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, FlinkPath.of(checkpoints));
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    return configuration;
  }
}
