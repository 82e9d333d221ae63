package io.flinkinference.examples.job;

import io.flinkinference.InferenceTask;
import io.flinkinference.ScoredStream;
import io.flinkinference.TextInference;
import io.flinkinference.connectors.DeadLetters;
import io.flinkinference.connectors.KafkaChecks;
import io.flinkinference.connectors.ScoredTexts;
import io.flinkinference.connectors.SinkBuilder;
import io.flinkinference.connectors.text.KafkaText;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Flink job of a file.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
public final class ScoringPipeline {

  private static final Logger LOG = LoggerFactory.getLogger(ScoringPipeline.class);

  private final JobSettings job;

  /** The job of a file. */
  public ScoringPipeline(JobSettings job) {
    this.job = job;
  }

  /**
   * Adds source, inference and sinks to an environment, with the file's options of Flink. Nothing
   * is connected to.
   *
   * @throws io.flinkinference.connectors.check.KafkaSetupException if transactions and checkpoints,
   *     as file and cluster have them, do not suit each other
   */
  public void build(StreamExecutionEnvironment env) {
    env.configure(CheckpointSection.unlessTheClusterSays(env.getConfiguration()));
    env.configure(configuration());
    checks(env).runWithoutKafka();
    job.parallelism().ifPresent(env::setParallelism);
    DataStream<KafkaText> texts =
        env.fromSource(
                SourceSection.source(job).build(),
                WatermarkStrategy.noWatermarks(),
                SourceSection.name(job))
            .uid("source");
    score(texts, TaskSection.task(job.task()));
    job.placement().applyTo(env);
  }

  /**
   * Asks Kafka whether all is there that the job needs, unless the file says not to.
   *
   * @param env in which the job was built
   * @throws io.flinkinference.connectors.check.KafkaSetupException with all that is missing
   * @throws io.flinkinference.result.UnavailableException if Kafka does not answer
   */
  public void askKafka(StreamExecutionEnvironment env) {
    ClearText.warnings(job).forEach(warning -> LOG.warn("{}", warning));
    if (job.kafka().get(KafkaSection.CHECK)) {
      checks(env).run();
    }
  }

  private KafkaChecks checks(StreamExecutionEnvironment env) {
    return KafkaChecks.of(env)
        .source(SourceSection.source(job))
        .sink(output(TaskSection.task(job.task())))
        .sink(deadLetters());
  }

  /** What the file sets of Flink's own options; its section {@code flink} has the last word. */
  Configuration configuration() {
    Configuration configuration = new Configuration();
    CheckpointSection.apply(job.all().get(JobFile.CHECKPOINTS), configuration);
    DeliverySection.apply(job.delivery(), configuration);
    job.all().get(JobFile.FLINK).forEach(configuration::setString);
    return configuration;
  }

  private <R> void score(DataStream<KafkaText> texts, InferenceTask<R> task) {
    TextInference<KafkaText> inference = TextInference.on(texts).text(SourceSection.text(job));
    SourceSection.pair(job).ifPresent(inference::pair);
    ScoredStream<KafkaText, R> scored =
        inference
            .model(job.all().get(JobFile.MODEL))
            .options(InferenceSection.configuration(job.all().get(JobFile.INFERENCE)))
            .placement(job.placement())
            .outputMode(job.all().get(JobFile.ORDER))
            .task(task)
            .build();
    scored.results().uid("inference");
    PlacementSection.apply(job.all().get(JobFile.PLACEMENT), scored.results());
    scored.results().sinkTo(output(task).build()).name(outputTopic()).uid("output");
    scored
        .deadLetters()
        .sinkTo(deadLetters().build())
        .name(job.deadLetterTopic())
        .uid("dead-letters");
  }

  private <R> ScoredTexts<R> output(InferenceTask<R> task) {
    return common(OutputSection.apply(ScoredTexts.sink(job.servers(), outputTopic(), task), job));
  }

  private DeadLetters deadLetters() {
    return common(DeadLetters.sink(job.servers(), job.deadLetterTopic()));
  }

  private <B extends SinkBuilder<?, B>> B common(B sink) {
    DeliverySection.apply(sink, job);
    SecuritySection.ofKafka(job.kafka()).ifPresent(sink::security);
    job.kafka().get(KafkaSection.PRODUCER).forEach(sink::property);
    return sink;
  }

  private String outputTopic() {
    return job.output().get(OutputSection.TOPIC);
  }
}
