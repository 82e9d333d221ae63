package io.flinkinference.reliability.chaos;

import io.flinkinference.InferenceOptions;
import io.flinkinference.InferenceTask;
import io.flinkinference.ScoredStream;
import io.flinkinference.Tasks;
import io.flinkinference.TextInference;
import io.flinkinference.connectors.DeadLetters;
import io.flinkinference.connectors.KafkaTexts;
import io.flinkinference.connectors.ScoredTexts;
import io.flinkinference.connectors.text.KafkaText;
import io.flinkinference.task.LongText;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Texts from Kafka, scored, and back to Kafka: results and dead letters each exactly once.
 *
 * @param bootstrapServers of the Kafka cluster
 * @param model a model directory or the name of a bundled model
 * @param classifies whether it is a classification model, or else an embedding model
 */
public record ChaosJob(String bootstrapServers, String model, boolean classifies) {

  /** Where the texts come from. */
  public static final String TEXTS = "texts";

  /** Where results go. */
  public static final String SCORED = "scored";

  /** Where dead letters go. */
  public static final String DEAD = "dead";

  private static final String NAME = "chaos";

  /**
   * What a checkpoint has promised must be committed within this time after it was written, however
   * long broker and JobManager are away in between. The broker allows 15 minutes.
   */
  private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(10);

  /** The options that decide what becomes of a text; the same for the expected results. */
  public static Configuration options() {
    Configuration options = new Configuration();
    options.set(InferenceOptions.LONG_TEXT, LongText.DEAD_LETTER);
    return options;
  }

  /** Adds source, inference and sinks to an environment. */
  public void define(StreamExecutionEnvironment env) {
    if (classifies) {
      define(
          env, Tasks.textClassification(), ScoredTexts.classifications(bootstrapServers, SCORED));
    } else {
      define(env, Tasks.embedding(), ScoredTexts.embeddings(bootstrapServers, SCORED));
    }
  }

  private <R> void define(
      StreamExecutionEnvironment env, InferenceTask<R> task, ScoredTexts<R> results) {
    // Each operator has an id of its own: a savepoint is restored with another parallelism.
    DataStream<KafkaText> texts =
        env.fromSource(
                KafkaTexts.source(bootstrapServers, TEXTS).groupId(NAME).build(),
                WatermarkStrategy.noWatermarks(),
                TEXTS)
            .uid(TEXTS);
    ScoredStream<KafkaText, R> scored =
        TextInference.on(texts)
            .text(KafkaText::text)
            .model(model)
            .options(options())
            .task(task)
            .build();
    scored.results().uid("inference");
    scored
        .results()
        .sinkTo(results.exactlyOnce(NAME).transactionTimeout(TRANSACTION_TIMEOUT).build())
        .uid(SCORED);
    scored
        .deadLetters()
        .sinkTo(
            DeadLetters.sink(bootstrapServers, DEAD)
                .exactlyOnce(NAME)
                .transactionTimeout(TRANSACTION_TIMEOUT)
                .build())
        .uid(DEAD);
  }
}
