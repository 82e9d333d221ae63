package io.flinkinference.examples.job;

import io.flinkinference.examples.file.Key;
import io.flinkinference.examples.file.Section;
import io.flinkinference.examples.file.Settings;
import io.flinkinference.examples.file.Shapes;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;

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
              + " file:///var/lib/flink. What the cluster is set to unless it is set here.");

  static final Section SECTION = Section.of(INTERVAL, DIRECTORY);

  private CheckpointSection() {}

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
