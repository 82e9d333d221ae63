package io.flinkinference.reliability.chaos;

import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;

/** How cluster and job are set up. */
final class Settings {

  private static final int SLOTS = 2;
  private static final int TOLERATED_CHECKPOINTS = 20;

  private Settings() {}

  static Configuration cluster(String zooKeeper, Path storage) {
    Configuration config = new Configuration();
    config.set(JobManagerOptions.TOTAL_PROCESS_MEMORY, MemorySize.ofMebiBytes(1024));
    config.set(TaskManagerOptions.TOTAL_PROCESS_MEMORY, MemorySize.ofMebiBytes(1280));
    config.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ZERO);
    config.set(TaskManagerOptions.NUM_TASK_SLOTS, SLOTS);
    config.set(
        TaskManagerOptions.TASK_MANAGER_LOAD_BALANCE_MODE,
        TaskManagerOptions.TaskManagerLoadBalanceMode.SLOTS);
    config.set(HighAvailabilityOptions.HA_MODE, "zookeeper");
    config.set(HighAvailabilityOptions.HA_ZOOKEEPER_QUORUM, zooKeeper);
    config.set(HighAvailabilityOptions.HA_STORAGE_PATH, storage.toUri().toString());
    // The defaults take most of a minute to give up a process that was killed.
    config.set(HighAvailabilityOptions.ZOOKEEPER_SESSION_TIMEOUT, Duration.ofSeconds(6));
    config.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, Duration.ofSeconds(1));
    config.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, Duration.ofSeconds(15));
    return config;
  }

  /**
   * @param savepoint to begin with; null for none
   */
  static Configuration job(String checkpoints, boolean unaligned, String savepoint) {
    Configuration config = new Configuration();
    config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
    config.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofMinutes(1));
    config.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints);
    config.set(CheckpointingOptions.ENABLE_UNALIGNED, unaligned);
    // Storage that fails for longer fails the job, which then starts again until it is mended.
    config.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, TOLERATED_CHECKPOINTS);
    config.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    config.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
        Duration.ofMillis(500));
    config.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
        Duration.ofSeconds(4));
    if (savepoint != null) {
      config.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    return config;
  }
}
