package io.flinkinference.examples.job;

import io.flinkinference.examples.file.Key;
import io.flinkinference.examples.file.Problems;
import io.flinkinference.examples.file.Section;
import io.flinkinference.examples.file.Settings;
import io.flinkinference.examples.file.Shapes;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.runtime.jobgraph.tasks.CheckpointCoordinatorConfiguration;
import org.apache.flink.util.TimeUtils;

/** The section {@code checkpoints}: how often and where the job's state is kept. */
final class CheckpointSection {

  static final Key<Duration> INTERVAL =
      Key.withDefault(
          "interval",
          Shapes.duration(),
          Duration.ofSeconds(10),
          "10 s",
          "Time from the begin of one checkpoint to that of the next. With exactly-once it is how"
              + " long a consumer waits for a result at most.");

  static final Key<String> DIRECTORY =
      Key.optional(
          "directory",
          Shapes.text(),
          "URI of the directory for checkpoints, such as s3://bucket/checkpoints or"
              + " file:///var/lib/flink; all machines of a cluster have to see the same. What the"
              + " cluster is set to unless it is set here. Unless Flink is set to something else,"
              + " the last checkpoint stays there when the job is cancelled or fails.");

  static final Section SECTION = Section.of(INTERVAL, DIRECTORY);

  /** Flink's own limit, of which it would tell when the job is built. */
  private static final long LEAST_MILLIS =
      CheckpointCoordinatorConfiguration.MINIMAL_CHECKPOINT_TIME;

  private CheckpointSection() {}

  static void check(Settings checkpoints, Problems problems) {
    Duration interval = checkpoints.get(INTERVAL);
    if (interval != null && interval.toMillis() < LEAST_MILLIS) {
      problems.add(
          checkpoints.line(INTERVAL),
          "checkpoints.interval is %s, but Flink takes %s ms at least. Set that, or more."
              .formatted(TimeUtils.formatWithHighestUnit(interval), LEAST_MILLIS));
    }
  }

  /**
   * By default Flink deletes the last checkpoint of a job that is cancelled or fails, and with it
   * what was in flight: that is in no topic's committed offsets.
   */
  static Configuration unlessTheClusterSays(ReadableConfig cluster) {
    Configuration configuration = new Configuration();
    configuration.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        cluster
            .getOptional(CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION)
            .orElse(ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION));
    return configuration;
  }

  static void apply(Settings checkpoints, Configuration configuration) {
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpoints.get(INTERVAL));
    checkpoints
        .find(DIRECTORY)
        .ifPresent(
            directory -> {
              configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
              configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory);
            });
  }
}
