package io.flinkinference.reliability.rig;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

/**
 * A Flink cluster of one TaskManager in this process, on free loopback ports. A failure of one task
 * restarts all of the job.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
public final class Cluster implements AutoCloseable {

  private static final String HOST = "127.0.0.1";
  private static final long END_LIMIT_MINUTES = 2;

  private final MiniCluster cluster;

  private Cluster(MiniCluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Starts a cluster with a slot for each subtask of a bench.
   *
   * @param directory for temporary files
   */
  public static Cluster start(Bench bench, Path directory) throws Exception {
    Quiet.please();
    Configuration configuration = configuration(directory);
    InFlightReporter.configure(configuration, bench);
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setCommonBindAddress(HOST)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(bench.probes().size())
                .build());
    cluster.start();
    return new Cluster(cluster);
  }

  private static Configuration configuration(Path directory) {
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.ADDRESS, HOST);
    configuration.set(RestOptions.BIND_ADDRESS, HOST);
    configuration.set(RestOptions.BIND_PORT, "0");
    configuration.set(JobManagerOptions.BIND_HOST, HOST);
    configuration.set(JobManagerOptions.EXECUTION_FAILOVER_STRATEGY, "full");
    configuration.set(TaskManagerOptions.HOST, HOST);
    configuration.set(TaskManagerOptions.BIND_HOST, HOST);
    configuration.set(BlobServerOptions.STORAGE_DIRECTORY, directory.resolve("blobs").toString());
    configuration.set(CoreOptions.TMP_DIRS, directory.toString());
    return configuration;
  }

  /** Submits a job. */
  public RunningJob submit(JobGraph graph) throws Exception {
    return new RunningJob(cluster, cluster.submitJob(graph).get().getJobID());
  }

  /**
   * Ends all jobs and the cluster.
   *
   * @return how long that took
   */
  public Duration shutDown() {
    long start = System.nanoTime();
    cluster.closeAsync().orTimeout(END_LIMIT_MINUTES, TimeUnit.MINUTES).join();
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Override
  public void close() {
    shutDown();
  }
}
