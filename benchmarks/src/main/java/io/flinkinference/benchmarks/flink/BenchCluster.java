package io.flinkinference.benchmarks.flink;

import io.flinkinference.examples.cluster.LocalFlink;
import io.flinkinference.examples.cluster.OperatorMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.util.FileUtils;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/**
 * A Flink cluster of one TaskManager in this process, with a directory of its own.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
public final class BenchCluster implements AutoCloseable {

  private final Path directory;
  private final OperatorMetrics metrics;
  private final LocalFlink flink;

  private BenchCluster(Path directory, OperatorMetrics metrics, LocalFlink flink) {
    this.directory = directory;
    this.metrics = metrics;
    this.flink = flink;
  }

  /**
   * Starts a cluster.
   *
   * @param slots the highest parallelism of its jobs
   */
  public static BenchCluster start(int slots) throws Exception {
    // A job that ends ends a checkpoint too, which Flink tells of as of an error of its own.
    Configurator.setLevel("org.apache.flink.runtime.rpc.pekko", Level.OFF);
    Path directory = Files.createTempDirectory("flink-inference-");
    OperatorMetrics metrics = new OperatorMetrics();
    return new BenchCluster(directory, metrics, LocalFlink.start(slots, directory, metrics));
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
    MiniCluster cluster = flink.cluster();
    JobResult result = cluster.requestJobResult(cluster.submitJob(graph).get().getJobID()).get();
    result.toJobExecutionResult(getClass().getClassLoader());
  }

  @Override
  public void close() throws IOException {
    try {
      flink.close();
    } finally {
      FileUtils.deleteDirectory(directory.toFile());
    }
  }
}
