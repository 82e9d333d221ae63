package io.flinkinference.examples.job;

import io.flinkinference.connectors.SinkBuilder;
import io.flinkinference.connectors.check.TransactionLimit;
import io.flinkinference.examples.file.Key;
import io.flinkinference.examples.file.Problems;
import io.flinkinference.examples.file.Section;
import io.flinkinference.examples.file.Settings;
import io.flinkinference.examples.file.Shapes;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.util.TimeUtils;

/** The section {@code delivery}: the guarantee of results and dead letters. */
final class DeliverySection {

  static final Key<Guarantee> GUARANTEE =
      Key.required(
          "guarantee",
          Shapes.choice(Guarantee.class),
          "exactly-once: consumers with isolation.level=read_committed see each result once, when"
              + " the checkpoint after it is complete. at-least-once: they see it at once, and after a"
              + " failure perhaps again.");

  static final Key<String> PREFIX =
      Key.optional(
          "transactional-id-prefix",
          Shapes.text(),
          "For exactly-once: begins the ids of Kafka's transactions. No other job on the same Kafka"
              + " may have it, and it stays the same when the job is restored. The name of the job"
              + " unless it is set.");

  static final Key<Duration> TIMEOUT =
      Key.withDefault(
          "transaction-timeout",
          Shapes.duration(),
          Duration.ofMinutes(15),
          "15 min",
          "For exactly-once: how long Kafka keeps a transaction open. A job that stays down for"
              + " longer loses what it wrote after its last checkpoint, and so does one whose"
              + " checkpoint takes longer: it should be at least checkpoints.interval and"
              + " execution.checkpointing.timeout, 10 minutes by default, together. The broker's"
              + " transaction.max.timeout.ms, 15 minutes by default, is the most.");

  static final Section SECTION = Section.of(GUARANTEE, PREFIX, TIMEOUT);

  private DeliverySection() {}

  static void check(Settings delivery, Settings checkpoints, Problems problems) {
    if (delivery.get(GUARANTEE) == Guarantee.AT_LEAST_ONCE) {
      refuse(delivery, PREFIX, problems);
      refuse(delivery, TIMEOUT, problems);
    }
    Duration timeout = delivery.get(TIMEOUT);
    Duration interval = checkpoints.get(CheckpointSection.INTERVAL);
    if (delivery.get(GUARANTEE) == Guarantee.EXACTLY_ONCE && timeout != null && interval != null) {
      checkTimeout(timeout, interval, delivery.line(TIMEOUT), problems);
    }
  }

  /** Refuses, with exactly-once, checkpoints that are at-least-once. */
  static void checkFlink(Settings job, Problems problems) {
    String mode = CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE.key();
    String value = job.find(JobFile.FLINK).orElse(Map.of()).get(mode);
    boolean exact =
        job.find(JobFile.DELIVERY)
            .map(delivery -> delivery.get(GUARANTEE) == Guarantee.EXACTLY_ONCE)
            .orElse(false);
    if (exact && CheckpointingMode.AT_LEAST_ONCE.name().equalsIgnoreCase(value)) {
      problems.add(
          job.entry(JobFile.FLINK, mode).line(),
          "flink.%s is %s, but delivery.guarantee is exactly-once. Leave the first out, or set the second to at-least-once."
              .formatted(mode, value));
    }
  }

  private static void checkTimeout(
      Duration timeout, Duration interval, int line, Problems problems) {
    Duration least = interval.plus(TransactionLimit.MARGIN);
    if (timeout.compareTo(least) < 0) {
      problems.add(
          line,
          "delivery.transaction-timeout is %s, but a transaction is open from one checkpoint to the next, and checkpoints.interval is %s. Make it at least %s, and longer by the time for which the job may be down."
              .formatted(words(timeout), words(interval), words(least)));
    } else if (timeout.toMillis() > Integer.MAX_VALUE) {
      problems.add(
          line,
          "delivery.transaction-timeout is %s, but Kafka counts to 24 days only. Make it shorter."
              .formatted(words(timeout)));
    }
  }

  private static String words(Duration duration) {
    return TimeUtils.formatWithHighestUnit(duration);
  }

  private static void refuse(Settings delivery, Key<?> key, Problems problems) {
    if (delivery.has(key)) {
      problems.add(
          delivery.line(key),
          delivery.path(key)
              + " is set, but delivery.guarantee is at-least-once, which uses no transactions. Leave"
              + " it out, or set exactly-once.");
    }
  }

  /** With checkpoints of the other kind, what is read again may be in a transaction already. */
  static void apply(Settings delivery, Configuration configuration) {
    if (delivery.get(GUARANTEE) == Guarantee.EXACTLY_ONCE) {
      configuration.set(
          CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    }
  }

  static <B extends SinkBuilder<?, B>> B apply(B sink, JobSettings job) {
    Settings delivery = job.delivery();
    if (delivery.get(GUARANTEE) == Guarantee.AT_LEAST_ONCE) {
      return sink.atLeastOnce();
    }
    return sink.exactlyOnce(delivery.find(PREFIX).orElse(job.name()))
        .transactionTimeout(delivery.get(TIMEOUT));
  }
}
