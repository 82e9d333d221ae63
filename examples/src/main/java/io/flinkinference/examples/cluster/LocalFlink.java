package io.flinkinference.examples.cluster;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

/**
 * A Flink cluster in this process, with its web interface, on free loopback ports.
 *
 * <p>Thread safety: all methods may be called by any thread.
 */
public final class LocalFlink implements AutoCloseable {

  private static final String HOST = "127.0.0.1";
  private static final long END_LIMIT_SECONDS = 10;

  private final MiniCluster cluster;
  private final Optional<OperatorMetrics> metrics;

  private LocalFlink(MiniCluster cluster, Optional<OperatorMetrics> metrics) {
    this.cluster = cluster;
    this.metrics = metrics;
  }

  /**
   * Starts a cluster.
   *
   * @param slots one is needed for each degree of parallelism
   * @param directory for temporary files
   */
  public static LocalFlink start(int slots, Path directory) throws Exception {
    return start(slots, directory, Optional.empty());
  }

  /**
   * Starts a cluster whose inference operators are counted.
   *
   * @param slots one is needed for each degree of parallelism
   * @param directory for temporary files
   * @param metrics gets those of all jobs; it grows with each
   */
  public static LocalFlink start(int slots, Path directory, OperatorMetrics metrics)
      throws Exception {
    return start(slots, directory, Optional.of(metrics));
  }

  private static LocalFlink start(int slots, Path directory, Optional<OperatorMetrics> metrics)
      throws Exception {
    Configuration configuration = configuration(directory);
    metrics.ifPresent(own -> InferenceMetricsReporter.configure(configuration, own));
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setCommonBindAddress(HOST)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .build());
    LocalFlink flink = new LocalFlink(cluster, metrics);
    boolean started = false;
    try {
      cluster.start();
      started = true;
      return flink;
    } finally {
      if (!started) {
        flink.close();
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
    configuration.set(WebOptions.TMP_DIR, directory.toString());
    configuration.set(WebOptions.SUBMIT_ENABLE, false);
    configuration.set(WebOptions.REFRESH_INTERVAL, Duration.ofSeconds(1));
    configuration.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, Duration.ofSeconds(1));
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(16));
    return configuration;
  }

  /** Address of the web interface. */
  public URI webUi() throws InterruptedException, ExecutionException {
    return cluster.getRestAddress().get();
  }

  /** The cluster itself. */
  public MiniCluster cluster() {
    return cluster;
  }

  /** Ends all jobs and the cluster. */
  @Override
  public void close() {
    try {
      // Not to be interrupted: what is half ended would stay behind. A task that talks to a broker
      // which is gone gives up after a minute only; nobody should wait for that.
      cluster.closeAsync().completeOnTimeout(null, END_LIMIT_SECONDS, TimeUnit.SECONDS).join();
    } finally {
      metrics.ifPresent(InferenceMetricsReporter::forget);
    }
  }
}
