package io.flinkinference.examples.job;

import io.flinkinference.InferenceTask;
import io.flinkinference.ScoredStream;
import io.flinkinference.Tasks;
import io.flinkinference.TextInference;
import io.flinkinference.connectors.DeadLetters;
import io.flinkinference.connectors.KafkaText;
import io.flinkinference.connectors.ScoredTexts;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Builds the Flink job of a file. */
public final class ScoringPipeline {

  private ScoringPipeline() {}

  /**
   * Adds source, inference and sinks to an environment, with the file's options of Flink. Nothing
   * is connected to.
   */
  public static void build(JobSettings job, StreamExecutionEnvironment env) {
    env.configure(configuration(job));
    job.parallelism().ifPresent(env::setParallelism);
    DataStream<KafkaText> texts =
        env.fromSource(
                SourceSection.source(job),
                WatermarkStrategy.noWatermarks(),
                SourceSection.name(job))
            .uid("source");
    if (job.task().get(TaskSection.TYPE) == TaskType.EMBEDDING) {
      score(job, texts, Tasks.embedding(), ScoredTexts.embeddings(job.servers(), outputTopic(job)));
    } else {
      score(
          job,
          texts,
          TaskSection.classification(job.task()),
          ScoredTexts.classifications(job.servers(), outputTopic(job)));
    }
  }

  /** What the file sets of Flink's own options; its section {@code flink} has the last word. */
  public static Configuration configuration(JobSettings job) {
    Configuration configuration = new Configuration();
    CheckpointSection.apply(job.all().get(JobFile.CHECKPOINTS), configuration);
    job.all().get(JobFile.FLINK).forEach(configuration::setString);
    return configuration;
  }

  private static <R> void score(
      JobSettings job, DataStream<KafkaText> texts, InferenceTask<R> task, ScoredTexts<R> sink) {
    ScoredStream<KafkaText, R> scored =
        TextInference.on(texts)
            .text(SourceSection.text(job))
            .model(job.all().get(JobFile.MODEL))
            .options(InferenceSection.configuration(job.all().get(JobFile.INFERENCE)))
            .outputMode(job.all().get(JobFile.ORDER))
            .task(task)
            .build();
    scored.results().uid("inference");
    PlacementSection.apply(job.all().get(JobFile.PLACEMENT), scored.results());

    DeliverySection.apply(OutputSection.apply(sink, job), job);
    KafkaSection.apply(job.kafka(), KafkaSection.PRODUCER, sink::property);
    scored.results().sinkTo(sink.build()).name(outputTopic(job)).uid("output");

    DeadLetters letters = DeadLetters.sink(job.servers(), job.deadLetterTopic());
    DeliverySection.apply(letters, job);
    KafkaSection.apply(job.kafka(), KafkaSection.PRODUCER, letters::property);
    scored.deadLetters().sinkTo(letters.build()).name(job.deadLetterTopic()).uid("dead-letters");
  }

  private static String outputTopic(JobSettings job) {
    return job.output().get(OutputSection.TOPIC);
  }
}
