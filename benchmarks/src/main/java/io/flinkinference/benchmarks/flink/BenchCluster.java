package io.flinkinference.benchmarks.flink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.util.FileUtils;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/**
 * A Flink cluster of one TaskManager in this process, on free loopback ports.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
public final class BenchCluster implements AutoCloseable {

  private static final String HOST = "127.0.0.1";
  private static final long END_LIMIT_SECONDS = 30;

  private final Path directory;
  private final OperatorMetrics metrics = new OperatorMetrics();
  private final MiniCluster cluster;

  private BenchCluster(Path directory, int slots) {
    this.directory = directory;
    Configuration configuration = configuration(directory);
    OperatorMetricsReporter.configure(configuration, metrics);
    this.cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setCommonBindAddress(HOST)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .build());
  }

  /**
   * Starts a cluster.
   *
   * @param slots the highest parallelism of its jobs
   */
  public static BenchCluster start(int slots) throws Exception {
    // A job that ends ends a checkpoint too, which Flink tells of as of an error of its own.
    Configurator.setLevel("org.apache.flink.runtime.rpc.pekko", Level.OFF);
    BenchCluster cluster = new BenchCluster(Files.createTempDirectory("flink-inference-"), slots);
    boolean started = false;
    try {
      cluster.cluster.start();
      started = true;
      return cluster;
    } finally {
      if (!started) {
        cluster.close();
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
    configuration.set(BlobServerOptions.STORAGE_DIRECTORY, directory.resolve("blobs").toString());
    configuration.set(CoreOptions.TMP_DIRS, directory.toString());
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(16));
    return configuration;
  }

  /** A directory that goes with the cluster. */
  public Path directory() {
    return directory;
  }

  /** Of the job that ran last. */
  public OperatorMetrics metrics() {
    return metrics;
  }

  /** Runs a job that comes to its end by itself; throws what it failed with. */
  public void run(JobGraph graph) throws Exception {
    metrics.clear();
    JobResult result = cluster.requestJobResult(cluster.submitJob(graph).get().getJobID()).get();
    result.toJobExecutionResult(getClass().getClassLoader());
  }

  @Override
  public void close() throws IOException {
    try {
      cluster.closeAsync().completeOnTimeout(null, END_LIMIT_SECONDS, TimeUnit.SECONDS).join();
    } finally {
      OperatorMetricsReporter.forget(metrics);
      FileUtils.deleteDirectory(directory.toFile());
    }
  }
}
