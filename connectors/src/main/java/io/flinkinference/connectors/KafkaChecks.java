package io.flinkinference.connectors;

import io.flinkinference.connectors.check.CheckpointTimes;
import io.flinkinference.connectors.check.Findings;
import io.flinkinference.connectors.check.SinkCheck;
import io.flinkinference.connectors.check.SourceCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.CheckpointConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Asks Kafka, before a job starts, whether all is there that its sources and sinks need: topics,
 * rights, and transactions that last long enough and not too long. And whether each sink has
 * transactional ids of its own, and writes what is not read.
 *
 * <pre>{@code
 * KafkaTexts texts = KafkaTexts.source(servers, "texts").groupId("scoring");
 * var scored = ScoredTexts.embeddings(servers, "scored").exactlyOnce("scoring");
 * KafkaChecks.of(env).source(texts).sink(scored).run();
 * }</pre>
 *
 * <p>Sources and sinks look at nearly the same when the job starts; but only here are all problems
 * told at once, and before there is a job, and only here is known how often checkpoints come, how
 * long they may take and how many may fail. Where an ACL hides a setting, the log warns. Belongs to
 * one thread.
 */
public final class KafkaChecks {

  private final CheckpointTimes checkpoints;
  private final boolean checkpointsAreExact;
  private final List<SourceCheck> sources = new ArrayList<>();
  private final List<SinkCheck> sinks = new ArrayList<>();

  private KafkaChecks(CheckpointTimes checkpoints, boolean checkpointsAreExact) {
    this.checkpoints = checkpoints;
    this.checkpointsAreExact = checkpointsAreExact;
  }

  /** Begins checks for jobs of an environment, whose checkpoints must be set up by now. */
  public static KafkaChecks of(StreamExecutionEnvironment env) {
    CheckpointConfig checkpoints = env.getCheckpointConfig();
    // The pause holds from the end of one to the begin of the next, whatever the interval is.
    long apart =
        Math.max(checkpoints.getCheckpointInterval(), checkpoints.getMinPauseBetweenCheckpoints());
    // In batch mode Flink leaves them out, whatever their options say.
    boolean enabled =
        checkpoints.isCheckpointingEnabled()
            && env.getConfiguration().get(ExecutionOptions.RUNTIME_MODE)
                != RuntimeExecutionMode.BATCH;
    return new KafkaChecks(
        new CheckpointTimes(
            enabled ? Duration.ofMillis(apart) : null,
            Duration.ofMillis(checkpoints.getCheckpointTimeout()),
            checkpoints.getTolerableCheckpointFailureNumber()),
        !enabled // Which is told by itself.
            || checkpoints.getCheckpointingConsistencyMode() == CheckpointingMode.EXACTLY_ONCE);
  }

  /**
   * Adds a source.
   *
   * @throws IllegalArgumentException if something is missing in it; the message says what to do
   */
  public KafkaChecks source(KafkaTexts source) {
    sources.add(source.check());
    return this;
  }

  /**
   * Adds a sink.
   *
   * @throws IllegalArgumentException if something is missing in it; the message says what to do
   */
  public KafkaChecks sink(SinkBuilder<?, ?> sink) {
    sinks.add(sink.check());
    return this;
  }

  /**
   * Asks Kafka, after what can be told without it.
   *
   * @throws KafkaSetupException if Kafka is not ready for the job; the message tells of all that is
   *     wrong, and what to do
   * @throws io.flinkinference.result.UnavailableException if Kafka does not answer
   */
  public void run() {
    Findings findings = new Findings();
    checkSettings(findings);
    sources.forEach(source -> source.run(findings));
    sinks.forEach(sink -> sink.run(findings));
    findings.throwIfAny();
  }

  /**
   * Looks at what can be told without asking Kafka: whether sources, sinks, checkpoints and
   * transactions suit each other. Nobody looks at that again when the job runs.
   *
   * @throws KafkaSetupException if they do not
   */
  public void runWithoutKafka() {
    Findings findings = new Findings();
    checkSettings(findings);
    findings.throwIfAny();
  }

  private void checkSettings(Findings findings) {
    SinkCheck.checkApart(sinks, findings);
    if (sources.size() == 1) {
      sources.get(0).checkReadsNoOutput(sinks, findings);
    }
    for (SinkCheck sink : sinks) {
      sink.checkInterval(checkpoints, findings);
      if (!checkpointsAreExact) {
        sink.checkNeedsNoExactCheckpoints(findings);
      }
    }
  }
}
