package io.flinkinference.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.ConfigConstants;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ConfigurationUtils;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A real Flink session cluster of separate JVMs: one JobManager and any number of TaskManagers, on
 * loopback. Each of them can be killed and started anew; none outlives this process.
 *
 * <pre>{@code
 * try (LocalFlinkCluster cluster = LocalFlinkCluster.start(directory, lib, config)) {
 *   ServerProcess taskManager = cluster.startTaskManager(new Configuration());
 *   StreamExecutionEnvironment env = cluster.environment(jobConfig, userJars);
 *   // ... env.executeAsync(), cluster.client().getJobStatus(id), taskManager.kill()
 * }
 * }</pre>
 *
 * <p>The JobManager's REST port stays the same when it is started anew. So that its jobs come back
 * too, the configuration must set up high availability; {@link LocalZooKeeper} is what it needs.
 *
 * <p>Thread safety: one thread starts and kills; {@link #client} may be used by any.
 */
public final class LocalFlinkCluster implements AutoCloseable {

  private static final String HOST = "127.0.0.1";
  private static final Duration START_LIMIT = Duration.ofSeconds(90);

  /** Below the cluster's directory. */
  private static final String PLUGINS = "plugins";

  private static final long POLL_MILLIS = 200;

  /** What Flink must be let into the JDK for, as in its distribution's own settings. */
  private static final List<String> JDK_ACCESS =
      Stream.of(
              "java.lang",
              "java.net",
              "java.nio",
              "java.time",
              "java.util",
              "java.util.concurrent",
              "java.util.concurrent.atomic",
              "java.util.concurrent.locks")
          .map(name -> "--add-opens=java.base/" + name + "=ALL-UNNAMED")
          .toList();

  private final Path directory;
  private final List<Path> lib;
  private final Configuration config;
  private final RestClusterClient<String> client;
  private final FlinkQuestions questions;
  private final List<ServerProcess> started = new ArrayList<>();
  private ServerProcess jobManager;

  private LocalFlinkCluster(
      Path directory, List<Path> lib, Configuration config, RestClusterClient<String> client) {
    this.directory = directory;
    this.lib = List.copyOf(lib);
    this.config = config;
    this.client = client;
    this.questions = new FlinkQuestions(client);
  }

  /**
   * Starts a JobManager and waits until it answers.
   *
   * @param directory for settings, logs and temporary files; exists, and is the caller's to delete.
   *     Flink's plugins are looked for in {@code plugins} below it, each in a directory of its own
   * @param lib what a distribution of Flink has in {@code lib/}: jars and class directories, this
   *     module's among them
   * @param settings for all processes; addresses and ports are set here
   * @throws IllegalStateException if it does not start; the message holds the end of its log
   */
  public static LocalFlinkCluster start(Path directory, List<Path> lib, Configuration settings)
      throws Exception {
    return PortAttempts.start(2, ports -> startOn(ports, directory, lib, settings));
  }

  static LocalFlinkCluster startOn(
      int[] ports, Path directory, List<Path> lib, Configuration settings) throws Exception {
    Configuration config = new Configuration(settings);
    config.set(JobManagerOptions.ADDRESS, HOST);
    config.set(JobManagerOptions.BIND_HOST, HOST);
    config.set(TaskManagerOptions.HOST, HOST);
    config.set(TaskManagerOptions.BIND_HOST, HOST);
    config.set(BlobServerOptions.PORT, "0");
    config.set(RestOptions.ADDRESS, HOST);
    config.set(RestOptions.BIND_ADDRESS, HOST);
    config.set(RestOptions.PORT, ports[0]);
    config.set(RestOptions.BIND_PORT, Integer.toString(ports[0]));
    config.set(JobManagerOptions.PORT, ports[1]);

    LocalFlinkCluster cluster =
        new LocalFlinkCluster(
            directory, lib, config, new RestClusterClient<>(clientConfig(config), "local"));
    boolean ready = false;
    try {
      cluster.startJobManager();
      ready = true;
      return cluster;
    } finally {
      if (!ready) {
        cluster.close();
      }
    }
  }

  /** How clients find the JobManager: at its fixed address, not through high availability. */
  private static Configuration clientConfig(Configuration config) {
    Configuration client = new Configuration(config);
    client.removeConfig(HighAvailabilityOptions.HA_MODE);
    client.set(RestOptions.RETRY_MAX_ATTEMPTS, 3);
    client.set(RestOptions.RETRY_DELAY, Duration.ofMillis(500));
    return client;
  }

  /**
   * Starts a JobManager in place of one that was killed, and waits until it answers.
   *
   * @throws IllegalStateException if it does not start; the message holds the end of its log
   */
  public ServerProcess startJobManager() throws IOException, InterruptedException {
    String name = name("jobmanager");
    jobManager = launch(name, FlinkRole.JOB_MANAGER, new Configuration(config));
    jobManager.awaitReady(
        () -> questions.isIn(home(name)) && questions.taskManagers().isPresent(), START_LIMIT);
    return jobManager;
  }

  /**
   * Starts a further TaskManager and waits until the JobManager knows it.
   *
   * @param more settings of this one alone, such as the external resources that it has
   * @throws IllegalStateException if it does not start; the message holds the end of its log
   */
  public ServerProcess startTaskManager(Configuration more)
      throws IOException, InterruptedException {
    Configuration own = new Configuration(config);
    own.addAll(more);
    String name = name("taskmanager");
    own.set(TaskManagerOptions.TASK_MANAGER_RESOURCE_ID, name);
    ServerProcess taskManager = launch(name, FlinkRole.TASK_MANAGER, own);
    taskManager.awaitReady(
        () -> questions.taskManagers().filter(all -> all.contains(name)).isPresent(), START_LIMIT);
    return taskManager;
  }

  private String name(String kind) {
    return kind + "-" + (started.size() + 1);
  }

  private Path home(String name) {
    return directory.resolve(name);
  }

  private ServerProcess launch(String name, FlinkRole role, Configuration own) throws IOException {
    Path home = Files.createDirectories(home(name));
    own.set(CoreOptions.TMP_DIRS, home.toString());
    role.addMemory(own);
    Files.write(
        home.resolve("config.yaml"), ConfigurationUtils.convertConfigToWritableLines(own, true));
    List<String> flags = new ArrayList<>(role.jvmFlags(own));
    flags.add("-XX:+UseSerialGC");
    flags.addAll(JDK_ACCESS);
    ServerProcess process =
        ServerProcess.launch(
            name,
            directory,
            flags,
            lib.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
            role.mainClass(),
            List.of("--configDir", home.toString()),
            Map.of(ConfigConstants.ENV_FLINK_PLUGINS_DIR, directory.resolve(PLUGINS).toString()));
    started.add(process);
    return process;
  }

  /**
   * Waits until the job completes a checkpoint that begins from now on: then all its tasks run, and
   * none on a process that was killed before.
   *
   * @throws IllegalStateException if the job ends or the time is over; the message holds the ends
   *     of the logs
   */
  public void awaitCheckpoint(JobID job, Duration limit) throws InterruptedException {
    long now = System.currentTimeMillis();
    long deadline = System.nanoTime() + limit.toNanos();
    while (questions.lastCheckpoint(job) <= now) {
      boolean ended = questions.hasEnded(job);
      if (ended || System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "Job "
                + job
                + (ended ? " ended." : " made no checkpoint in " + limit.toSeconds() + " s.")
                + logTails());
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  /** The names of the TaskManagers that the job's tasks are on; empty if nobody knows. */
  public List<String> taskManagersOf(JobID job) throws InterruptedException {
    return questions.taskManagersOf(job).values().stream()
        .flatMap(List::stream)
        .distinct()
        .toList();
  }

  /**
   * The name of the TaskManager of each subtask, by the name of the chain of operators that it
   * runs; empty if nobody knows.
   */
  public Map<String, List<String>> placesOf(JobID job) throws InterruptedException {
    return questions.taskManagersOf(job);
  }

  /** The ends of the logs of the processes that are alive, for messages. */
  public String logTails() {
    return started.stream()
        .filter(server -> server.process().isAlive())
        .map(server -> "\n--- " + server.name() + "\n" + server.logTail())
        .collect(Collectors.joining());
  }

  /**
   * An environment whose {@code executeAsync} submits to this cluster.
   *
   * @param job settings of the job, such as its checkpoints and the savepoint to begin with
   * @param userJars what the job's own class loader gets
   */
  public StreamExecutionEnvironment environment(Configuration job, List<Path> userJars) {
    return StreamExecutionEnvironment.createRemoteEnvironment(
        HOST,
        config.get(RestOptions.PORT),
        job,
        userJars.stream().map(Path::toString).toArray(String[]::new));
  }

  /** The client of the JobManager. A call fails after some seconds if it does not answer. */
  public RestClusterClient<String> client() {
    return client;
  }

  /** The JobManager that was started last. */
  public ServerProcess jobManager() {
    return jobManager;
  }

  /** All processes that were ever started, in that order. */
  public List<ServerProcess> processes() {
    return List.copyOf(started);
  }

  /** Kills all processes. */
  @Override
  public void close() {
    client.close();
    started.forEach(ServerProcess::close);
  }
}
