package io.flinkinference.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class LocalFlinkClusterITCase {

  private static final Duration LIMIT = Duration.ofSeconds(90);

  @TempDir Path directory;

  @Test
  void jobSurvivesTheDeathOfATaskManagerAndOfTheJobManager() throws Exception {
    try (LocalZooKeeper zooKeeper = LocalZooKeeper.start(directory)) {
      Configuration config = small();
      config.set(HighAvailabilityOptions.HA_MODE, "zookeeper");
      config.set(HighAvailabilityOptions.HA_ZOOKEEPER_QUORUM, zooKeeper.address());
      config.set(
          HighAvailabilityOptions.HA_STORAGE_PATH, directory.resolve("ha").toUri().toString());
      config.set(HighAvailabilityOptions.ZOOKEEPER_SESSION_TIMEOUT, Duration.ofSeconds(3));
      try (LocalFlinkCluster cluster = LocalFlinkCluster.start(directory, classPath(), config)) {
        ServerProcess first = cluster.startTaskManager(new Configuration());
        JobID job = endless(cluster, directory).executeAsync().getJobID();
        cluster.awaitCheckpoint(job, LIMIT);

        first.kill();
        cluster.startTaskManager(new Configuration());
        cluster.awaitCheckpoint(job, LIMIT);

        cluster.jobManager().kill();
        cluster.startJobManager();
        cluster.awaitCheckpoint(job, LIMIT);

        assertThat(cluster.processes()).hasSize(4);
        assertThat(first.process().isAlive()).isFalse();
        assertThat(cluster.jobManager().logged("Recover")).isTrue();
      }
    }
  }

  @Test
  void processThatFailsShowsTheEndOfItsLog() {
    Configuration broken = small();
    broken.set(HighAvailabilityOptions.HA_MODE, "no.such.Factory");
    assertThatThrownBy(() -> LocalFlinkCluster.start(directory, classPath(), broken))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("jobmanager-1 ended")
        .hasMessageContaining("no.such.Factory");
  }

  @Test
  void processesEndWithAParentThatIsKilled() throws Exception {
    Process parent =
        new ProcessBuilder(
                JavaCommand.of(
                    List.of(),
                    System.getProperty("java.class.path"),
                    Parent.class,
                    List.of(directory.toString())))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader said = parent.inputReader()) {
      ProcessHandle jobManager = ProcessHandle.of(Long.parseLong(said.readLine())).orElseThrow();

      parent.destroyForcibly();

      jobManager.onExit().get(30, TimeUnit.SECONDS);
    } finally {
      parent.destroyForcibly();
    }
  }

  private static StreamExecutionEnvironment endless(LocalFlinkCluster cluster, Path directory) {
    Configuration job = new Configuration();
    job.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    job.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
    job.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(500));
    job.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(500));
    job.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
        directory.resolve("checkpoints").toUri().toString());
    StreamExecutionEnvironment env = cluster.environment(job, List.of());
    env.setParallelism(1);
    env.fromSequence(0, Long.MAX_VALUE).sinkTo(new DiscardingSink<>());
    return env;
  }

  static List<Path> classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(Path::of)
        .toList();
  }

  static Configuration small() {
    Configuration config = new Configuration();
    config.set(JobManagerOptions.TOTAL_PROCESS_MEMORY, MemorySize.ofMebiBytes(800));
    config.set(TaskManagerOptions.TOTAL_PROCESS_MEMORY, MemorySize.ofMebiBytes(1024));
    // So that the death of a process is noticed soon.
    config.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, Duration.ofSeconds(1));
    config.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, Duration.ofSeconds(15));
    return config;
  }

  /** A program that starts a cluster, says where its JobManager is, and waits to be killed. */
  static final class Parent {

    private Parent() {}

    public static void main(String[] args) throws Exception {
      LocalFlinkCluster cluster = LocalFlinkCluster.start(Path.of(args[0]), classPath(), small());
      System.out.println(cluster.jobManager().process().pid());
      cluster.jobManager().process().waitFor();
    }
  }
}
