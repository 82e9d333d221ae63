package io.flinkinference.connectors;

import io.flinkinference.InferenceTask;
import io.flinkinference.connectors.output.OutputFormat;
import io.flinkinference.connectors.output.ResultKind;
import io.flinkinference.connectors.text.KafkaText;
import io.flinkinference.result.Classification;
import io.flinkinference.result.Embedding;
import io.flinkinference.result.Results;
import io.flinkinference.result.Scored;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;

/**
 * Builds a sink of scored texts: records in a Kafka topic, in the {@link #format} of one's choice.
 *
 * <pre>{@code
 * DataStream<Scored<KafkaText, Classification>> scored = ...
 * scored.sinkTo(
 *     ScoredTexts.classifications("localhost:9092", "scored").exactlyOnce("scoring").build());
 * }</pre>
 *
 * <p>Key and headers pass through. The Kafka record carries the timestamp of the text's own record,
 * so that event time does too, and time-based retention of the topic counts from it: to score texts
 * older than {@code retention.ms}, raise that first. A broker may refuse timestamps that are too
 * old or ahead of its clock, and then the job fails; see {@link #originalTimestamps}. The text
 * itself is left out unless {@link #includeText} asks for it.
 *
 * @param <R> type of the results
 */
public final class ScoredTexts<R> extends SinkBuilder<Scored<KafkaText, R>, ScoredTexts<R>> {

  private final ResultKind<R> results;
  private ScoredTextOptions options = ScoredTextOptions.DEFAULT;

  private ScoredTexts(String bootstrapServers, String topic, ResultKind<R> results) {
    super(bootstrapServers, topic);
    this.results = results;
  }

  /** Begins a sink of texts with labels. */
  public static ScoredTexts<Classification> classifications(String bootstrapServers, String topic) {
    return new ScoredTexts<>(bootstrapServers, topic, ResultKind.classification());
  }

  /** Begins a sink of texts with embeddings. */
  public static ScoredTexts<Embedding> embeddings(String bootstrapServers, String topic) {
    return new ScoredTexts<>(bootstrapServers, topic, ResultKind.embedding());
  }

  /**
   * Begins a sink of texts with the results of a task. Of several tasks its format is JSON or
   * plain.
   */
  public static <R> ScoredTexts<R> sink(
      String bootstrapServers, String topic, InferenceTask<R> task) {
    return new ScoredTexts<>(bootstrapServers, topic, ResultKind.of(task));
  }

  /**
   * Begins a sink of the results of several tasks. Its format is JSON or plain.
   *
   * @param kinds by the names of the tasks
   */
  public static ScoredTexts<Results> results(
      String bootstrapServers, String topic, Map<String, ? extends ResultKind<?>> kinds) {
    return new ScoredTexts<>(bootstrapServers, topic, ResultKind.results(kinds));
  }

  /** What the values are; {@link OutputFormat#scoredText()} unless this is called. */
  public ScoredTexts<R> format(OutputFormat format) {
    options = options.with(Objects.requireNonNull(format, "format"));
    return this;
  }

  /**
   * Whether the text itself, which is the whole value of its record, is written too. Needs a format
   * that has a place for it.
   */
  public ScoredTexts<R> includeText(boolean include) {
    options = options.withText(include);
    return this;
  }

  /**
   * Whether the Kafka record has the key of the text's own record, as it has unless this is called.
   * Records without a key are spread over all partitions of the topic.
   */
  public ScoredTexts<R> keepKey(boolean keep) {
    options = options.withKey(keep);
    return this;
  }

  /**
   * Whether headers say what produced the result, as they do unless this is called: {@code
   * inference.model}, {@code inference.model.sha256}, {@code inference.precision}, {@code
   * inference.device} and {@code inference.batch-invariant}, all UTF-8. They stand behind the
   * record's own headers and replace those of these names, which an earlier result left.
   */
  public ScoredTexts<R> modelHeaders(boolean write) {
    options = options.withModelHeaders(write);
    return this;
  }

  /**
   * Whether the Kafka record has the timestamp of the text's own record, as it has unless this is
   * called, or the time of writing. A topic takes no timestamp that is further ahead than {@code
   * message.timestamp.after.max.ms}, an hour by default, or older than {@code
   * message.timestamp.before.max.ms}; where producers' clocks are not to be trusted, raise these,
   * or pass false.
   */
  public ScoredTexts<R> originalTimestamps(boolean keep) {
    options = options.withOriginalTimestamps(keep);
    return this;
  }

  @Override
  ScoredTexts<R> self() {
    return this;
  }

  @Override
  KafkaRecordSerializationSchema<Scored<KafkaText, R>> serializer(String toTopic) {
    ScoredTextOptions checked = options.checked();
    checked.format().check(results);
    return new ScoredTextSerializationSchema<>(toTopic, results, checked, Clock.systemUTC());
  }
}
