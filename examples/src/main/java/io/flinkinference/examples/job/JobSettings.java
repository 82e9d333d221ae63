package io.flinkinference.examples.job;

import io.flinkinference.InferenceOptions;
import io.flinkinference.connectors.registry.RegistryOptions;
import io.flinkinference.examples.file.Settings;
import io.flinkinference.placement.Placement;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A job's file that was read and found right.
 *
 * <p><b>Thread safety:</b> immutable.
 */
public final class JobSettings {

  private final Settings all;

  JobSettings(Settings all) {
    this.all = all;
  }

  /** Name of the job. */
  public String name() {
    return all.get(JobFile.NAME);
  }

  /** Subtasks of each operator, if the file says it. */
  public OptionalInt parallelism() {
    return all.find(JobFile.PARALLELISM).map(OptionalInt::of).orElse(OptionalInt.empty());
  }

  /** Where checkpoints go, if the file says it. */
  Optional<String> checkpointDirectory() {
    return all.get(JobFile.CHECKPOINTS).find(CheckpointSection.DIRECTORY);
  }

  /** The same as it may be shown. */
  String shownCheckpointDirectory() {
    return all.get(JobFile.CHECKPOINTS).setting(CheckpointSection.DIRECTORY).value();
  }

  /** Every setting as it may be shown. */
  public List<Settings.Setting> listing() {
    return all.listing().stream().map(this::withPlacement).toList();
  }

  /** A placement on GPUs has a default of its own for the device. */
  private Settings.Setting withPlacement(Settings.Setting setting) {
    return setting.line() == 0 && setting.path().equals(InferenceOptions.DEVICE.key())
        ? new Settings.Setting(setting.path(), placement().device(), 0)
        : setting;
  }

  Placement placement() {
    return PlacementSection.placement(all.get(JobFile.PLACEMENT));
  }

  Settings all() {
    return all;
  }

  Settings kafka() {
    return all.get(JobFile.KAFKA);
  }

  String servers() {
    return kafka().get(KafkaSection.SERVERS);
  }

  boolean hasRegistry() {
    return all.has(JobFile.REGISTRY);
  }

  RegistryOptions registry() {
    return RegistrySection.options(all.get(JobFile.REGISTRY));
  }

  Settings source() {
    return all.get(JobFile.SOURCE);
  }

  Settings task() {
    return all.get(JobFile.TASK);
  }

  Settings output() {
    return all.get(JobFile.OUTPUT);
  }

  String deadLetterTopic() {
    return all.get(JobFile.DEAD_LETTERS).get(DeadLetterSection.TOPIC);
  }

  Settings delivery() {
    return all.get(JobFile.DELIVERY);
  }
}
