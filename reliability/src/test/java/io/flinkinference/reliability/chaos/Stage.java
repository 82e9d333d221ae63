package io.flinkinference.reliability.chaos;

import io.flinkinference.local.LocalFlinkCluster;
import io.flinkinference.local.LocalKafka;
import io.flinkinference.local.LocalZooKeeper;
import io.flinkinference.local.ServerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What is attacked: a broker, a JobManager, two TaskManagers and the job, all real. */
final class Stage implements AutoCloseable {

  private static final int TASK_MANAGERS = 2;
  private static final Duration RECOVERY_LIMIT = Duration.ofMinutes(4);
  private static final Duration STOP_LIMIT = Duration.ofMinutes(2);

  private final Path directory;
  private final String model;
  private final ClassPath classPath = ClassPath.ofThisJvm();
  private final CheckpointStorage storage;
  private final List<ServerProcess> taskManagers = new ArrayList<>();
  private LocalKafka kafka;
  private LocalZooKeeper zooKeeper;
  private LocalFlinkCluster cluster;
  private JobID job;

  private Stage(Path directory, String model) throws Exception {
    this.directory = directory;
    this.model = model;
    this.storage = new CheckpointStorage(directory);
  }

  static Stage open(Path directory, String model) throws Exception {
    Stage stage = new Stage(directory, model);
    boolean open = false;
    try {
      stage.start();
      open = true;
      return stage;
    } finally {
      if (!open) {
        stage.close();
      }
    }
  }

  private void start() throws Exception {
    kafka = LocalKafka.start();
    kafka.createTopic(ChaosJob.TEXTS, 4);
    kafka.createTopic(ChaosJob.SCORED, 3);
    kafka.createTopic(ChaosJob.DEAD, 2);
    zooKeeper = LocalZooKeeper.start(directory);
    cluster =
        LocalFlinkCluster.start(
            directory,
            classPath.lib(),
            Settings.cluster(zooKeeper.address(), directory.resolve("high-availability")));
    for (int i = 0; i < TASK_MANAGERS; i++) {
      startTaskManager();
    }
  }

  String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  /** Starts the job; from a savepoint unless that is null. */
  void startJob(int parallelism, boolean unaligned, String savepoint) throws Exception {
    StreamExecutionEnvironment env =
        cluster.environment(
            Settings.job(storage.uri(), unaligned, savepoint), classPath.userJars());
    env.setParallelism(parallelism);
    new ChaosJob(kafka.bootstrapServers(), model, ChaosOptions.isTiny()).define(env);
    job = env.executeAsync("chaos").getJobID();
  }

  /** Stops the job; tried again where it restarts at that very moment. */
  String stopWithSavepoint() throws Exception {
    long deadline = System.nanoTime() + RECOVERY_LIMIT.toNanos();
    String target = Files.createDirectories(directory.resolve("savepoints")).toUri().toString();
    while (true) {
      awaitRecovery();
      try {
        return cluster
            .client()
            .stopWithSavepoint(job, false, target, SavepointFormatType.CANONICAL)
            .get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
      }
    }
  }

  /**
   * Kills a TaskManager that runs tasks, where it is known which, and starts another in its place.
   *
   * @return its name
   */
  String killTaskManager(int target) throws Exception {
    List<String> busy = cluster.taskManagersOf(job);
    List<ServerProcess> victims =
        taskManagers.stream().filter(one -> busy.contains(one.name())).toList();
    if (victims.isEmpty()) {
      victims = List.copyOf(taskManagers);
    }
    ServerProcess victim = victims.get(target % victims.size());
    victim.kill();
    taskManagers.remove(victim);
    startTaskManager();
    return victim.name();
  }

  private void startTaskManager() throws Exception {
    taskManagers.add(cluster.startTaskManager(new Configuration()));
  }

  /** Kills the JobManager and starts another in its place. */
  void killJobManager() throws Exception {
    cluster.jobManager().kill();
    cluster.startJobManager();
  }

  CheckpointStorage storage() {
    return storage;
  }

  Process broker() {
    return kafka.process();
  }

  /** Waits until the job completes a checkpoint that begins from now on. */
  void awaitRecovery() throws InterruptedException {
    cluster.awaitCheckpoint(job, RECOVERY_LIMIT);
  }

  /** Fails if the job has ended. */
  void check() throws Exception {
    JobStatus status = cluster.client().getJobStatus(job).get();
    if (status.isTerminalState()) {
      throw new IllegalStateException("The job is " + status + "." + cluster.logTails());
    }
  }

  @Override
  public void close() {
    if (cluster != null) {
      cluster.close();
    }
    if (zooKeeper != null) {
      zooKeeper.close();
    }
    if (kafka != null) {
      kafka.close();
    }
  }
}
