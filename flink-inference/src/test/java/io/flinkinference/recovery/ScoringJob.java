package io.flinkinference.recovery;

import io.flinkinference.InferenceOptions;
import io.flinkinference.ScoredStream;
import io.flinkinference.Tasks;
import io.flinkinference.TextInference;
import io.flinkinference.TextScorer;
import io.flinkinference.result.Embedding;
import io.flinkinference.result.Scored;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.function.SerializableFunction;

/**
 * A job from numbers over texts and a real model to a {@link Ledger}. The source is much faster
 * than the model, so that the operator's buffer is full all the time.
 */
final class ScoringJob {

  static final String MODEL = "all-minilm-l6-v2";
  static final int RECORDS = 600;

  /** Makes the records large for the network and leaves the texts short for the model. */
  private static final String BALLAST = "|" + "x".repeat(2_000);

  private final String name;
  private final Configuration config = new Configuration();
  private String model = MODEL;
  private int parallelism = 2;
  private int maxInFlight = 40;
  private boolean rebalanced = true;
  private SerializableFunction<
          DataStream<Scored<String, Embedding>>, DataStream<Scored<String, Embedding>>>
      afterwards = results -> results;

  /**
   * @param name no other job has it
   */
  ScoringJob(String name) {
    this.name = name;
    // Checkpoints are taken when the test says so.
    config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofHours(1));
    config.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
  }

  ScoringJob model(String id) {
    model = id;
    return this;
  }

  ScoringJob parallelism(int subtasks) {
    parallelism = subtasks;
    return this;
  }

  ScoringJob maxInFlight(int records) {
    maxInFlight = records;
    return this;
  }

  /** Chains all operators, so that a subtask whose source ends comes to its end. */
  ScoringJob chained() {
    rebalanced = false;
    return this;
  }

  ScoringJob restoredFrom(String savepointOrCheckpoint) {
    config.set(StateRecoveryOptions.SAVEPOINT_PATH, savepointOrCheckpoint);
    return this;
  }

  /** Adds operators between the results and the ledger. */
  ScoringJob afterwards(
      SerializableFunction<
              DataStream<Scored<String, Embedding>>, DataStream<Scored<String, Embedding>>>
          operators) {
    afterwards = operators;
    return this;
  }

  /** To be changed. */
  Configuration config() {
    return config;
  }

  Ledger.Book book() {
    return Ledger.book(name);
  }

  JobGraph graph() {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(config);
    env.setParallelism(parallelism);
    SingleOutputStreamOperator<String> records =
        env.fromSource(
                new NumberSequenceSource(1, RECORDS), WatermarkStrategy.noWatermarks(), "numbers")
            .uid("numbers")
            .map(number -> textOf(number.intValue()) + BALLAST)
            .returns(Types.STRING)
            .uid("texts");
    ScoredStream<String, Embedding> scored =
        TextInference.on(rebalanced ? records.rebalance() : records)
            .text(ScoringJob::text)
            .model(model)
            .option(InferenceOptions.MAX_RECORDS_IN_FLIGHT, maxInFlight)
            .task(Tasks.embedding())
            .build();
    afterwards
        .apply(scored.results().uid("scores"))
        .transform("ledger", Types.VOID, new Ledger(name))
        .uid("ledger");
    return env.getStreamGraph().getJobGraph();
  }

  /** The text of a record. */
  static String text(String record) {
    return record.substring(0, record.indexOf('|'));
  }

  /** Long enough for the job to be under way when a test does something to it. */
  private static String textOf(int number) {
    return "text " + number + " of a few words".repeat(5 * (number % 4));
  }

  /** What the ledger has to hold in the end, from a scorer without Flink. */
  static List<String> expected(TextScorer<Embedding> scorer) {
    List<String> lines = new ArrayList<>();
    scorer.score(
        IntStream.rangeClosed(1, RECORDS).mapToObj(ScoringJob::textOf).iterator(),
        text -> text,
        one -> lines.add(Ledger.line(one.item(), scorer.stamp().precision(), one.result())));
    return lines;
  }
}
