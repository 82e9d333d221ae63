package io.flinkinference.benchmarks.peers.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

/**
 * A Flink cluster of one TaskManager in this process, on free loopback ports, for one job after the
 * other.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
public final class JobRunner implements AutoCloseable {

  private static final String HOST = "127.0.0.1";
  private static final long END_LIMIT_SECONDS = 30;

  private final MiniCluster cluster;
  private final Path directory;

  private JobRunner(MiniCluster cluster, Path directory) {
    this.cluster = cluster;
    this.directory = directory;
  }

  /**
   * Starts a cluster.
   *
   * @param slots the most subtasks of an operator
   */
  public static JobRunner start(int slots) throws Exception {
    Path directory = Files.createTempDirectory("flink-inference-bench");
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration(directory))
                .setCommonBindAddress(HOST)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .build());
    JobRunner runner = new JobRunner(cluster, directory);
    boolean started = false;
    try {
      cluster.start();
      started = true;
      return runner;
    } finally {
      if (!started) {
        runner.close();
      }
    }
  }

  private static Configuration configuration(Path directory) {
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.ADDRESS, HOST);
    configuration.set(RestOptions.BIND_ADDRESS, HOST);
    configuration.set(RestOptions.BIND_PORT, "0");
    configuration.set(JobManagerOptions.BIND_HOST, HOST);
    configuration.set(TaskManagerOptions.HOST, HOST);
    configuration.set(TaskManagerOptions.BIND_HOST, HOST);
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(16));
    configuration.set(BlobServerOptions.STORAGE_DIRECTORY, directory.resolve("blobs").toString());
    configuration.set(CoreOptions.TMP_DIRS, directory.toString());
    return configuration;
  }

  /** Runs a job to its end. The results are in the measurement. */
  public void run(Step step, Measurement measurement) throws Exception {
    cluster.executeJobBlocking(MeasuredJob.graph(step, measurement));
    measurement.sample();
  }

  @Override
  public void close() throws IOException {
    cluster.closeAsync().completeOnTimeout(null, END_LIMIT_SECONDS, TimeUnit.SECONDS).join();
    try (Stream<Path> tree = Files.walk(directory)) {
      List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    }
  }
}
