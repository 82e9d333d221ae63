package io.flinkinference.reliability.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.local.LocalFlinkCluster;
import io.flinkinference.local.ServerProcess;
import io.flinkinference.placement.Placement;
import io.flinkinference.placement.SlotResources;
import io.flinkinference.reliability.chaos.ClassPath;
import io.flinkinference.reliability.chaos.TinyModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real cluster of TaskManagers with and without GPU. The GPUs are only said to be there; the
 * model runs on the CPU under their numbers. One test, so that its processes start once.
 */
@Tag("placement")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PlacementITCase {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final MemorySize HEAP = MemorySize.ofMebiBytes(16);
  private static final SlotResources SLOTS =
      new SlotResources(0.5, HEAP, MemorySize.ZERO, MemorySize.ZERO);
  private static final Placement SEPARATE =
      Placement.gpu()
          .withCpuLabel("cpupool")
          .withAmount(0.25)
          .withInferenceSlots(SLOTS)
          .withOtherSlots(SLOTS);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path directory;

  private final ClassPath classPath = ClassPath.ofThisJvm();
  private LocalFlinkCluster cluster;
  private String model;

  @Test
  void inferenceRunsWhereTheGpusAreAndNothingElseDoes() throws Exception {
    model = TinyModel.write(directory.resolve("tiny")).toString();
    copyPlugin();
    try (LocalFlinkCluster started =
        LocalFlinkCluster.start(directory, classPath.lib(), config())) {
      cluster = started;
      ServerProcess cpus = cluster.startTaskManager(TaskManagerKind.cpu());

      JobID job = submit(1);
      await(() -> cluster.jobManager().logged("NoResourceAvailableException"));
      assertThat(cluster.client().getJobStatus(job).get().isTerminalState()).isFalse();
      assertThat(cluster.jobManager().logged("gpu=0.25"))
          .as("the log says what is missing")
          .isTrue();

      ServerProcess twoGpus = cluster.startTaskManager(TaskManagerKind.gpu(directory, "0,1"));
      cluster.awaitCheckpoint(job, LIMIT);
      assertPlaces(job, 1, cpus, twoGpus);
      cancel(job);

      job = run(2);
      assertPlaces(job, 2, cpus, twoGpus);
      cancel(job);
      long first = onIndex(twoGpus, 0);
      long second = onIndex(twoGpus, 1);

      job = run(6);
      assertPlaces(job, 6, cpus, twoGpus);
      assertThat(onIndex(twoGpus, 0) - first).isEqualTo(3);
      assertThat(onIndex(twoGpus, 1) - second).isEqualTo(3);

      twoGpus.kill();
      ServerProcess others = cluster.startTaskManager(TaskManagerKind.gpu(directory, "3,4"));
      cluster.awaitCheckpoint(job, LIMIT);
      assertPlaces(job, 6, cpus, others);
      assertThat(onIndex(others, 3)).isEqualTo(onIndex(others, 4)).isPositive();
      cancel(job);
      others.kill();

      cluster.startTaskManager(TaskManagerKind.broken(directory));
      job = submit(1);
      await(() -> cluster.jobManager().logged("external-resource.gpu.param.discovery-script.path"));
      assertThat(cluster.client().getJobStatus(job).get().isTerminalState()).isFalse();
    }
  }

  private JobID run(int parallelism) throws Exception {
    JobID job = submit(parallelism);
    cluster.awaitCheckpoint(job, LIMIT);
    return job;
  }

  private JobID submit(int parallelism) throws Exception {
    Configuration job = new Configuration();
    job.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(500));
    StreamExecutionEnvironment env = cluster.environment(job, classPath.userJars());
    env.setParallelism(parallelism);
    new PlacedJob(model, SEPARATE).define(env);
    return env.executeAsync("placement " + parallelism).getJobID();
  }

  /** The job has subtasks of the inference on the one, and everything else on the other. */
  private void assertPlaces(JobID job, int subtasks, ServerProcess cpus, ServerProcess gpus)
      throws InterruptedException {
    List<String> inference = new ArrayList<>();
    List<String> rest = new ArrayList<>();
    Map<String, List<String>> places = cluster.placesOf(job);
    places.forEach(
        (name, where) -> (name.startsWith(PlacedJob.INFERENCE) ? inference : rest).addAll(where));
    assertThat(inference).as("%s", places).hasSize(subtasks).containsOnly(gpus.name());
    assertThat(rest).as("%s", places).isNotEmpty().containsOnly(cpus.name());
  }

  /** How many subtasks have begun to run on a device. */
  private static long onIndex(ServerProcess taskManager, int index) {
    return taskManager.linesWith("runs on cpu" + (index == 0 ? "" : ":" + index) + ".");
  }

  private void cancel(JobID job) throws Exception {
    cluster.client().cancel(job).get();
    await(() -> cluster.client().getJobStatus(job).join().isTerminalState());
  }

  private void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("%s", cluster.logTails()).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private void copyPlugin() throws Exception {
    Path plugin = Files.createDirectories(directory.resolve("plugins").resolve("gpu"));
    try (var jars = Files.list(Path.of(System.getProperty("gpu-plugin.home")))) {
      for (Path jar : jars.toList()) {
        Files.copy(jar, plugin.resolve(jar.getFileName()));
      }
    }
  }

  private static Configuration config() {
    Configuration config = new Configuration();
    config.set(JobManagerOptions.TOTAL_PROCESS_MEMORY, MemorySize.ofMebiBytes(900));
    config.set(TaskManagerOptions.TOTAL_PROCESS_MEMORY, MemorySize.ofMebiBytes(1280));
    config.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ZERO);
    config.set(TaskManagerOptions.CPU_CORES, 16.0);
    config.set(TaskManagerOptions.NUM_TASK_SLOTS, 8);
    config.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, Duration.ofSeconds(1));
    config.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, Duration.ofSeconds(15));
    // So that a job that waits is also seen to give up its first requests.
    config.set(JobManagerOptions.SLOT_REQUEST_TIMEOUT, Duration.ofSeconds(4));
    return config;
  }
}
