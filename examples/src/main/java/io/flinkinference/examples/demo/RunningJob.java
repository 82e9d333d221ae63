package io.flinkinference.examples.demo;

import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;

/**
 * A job that was submitted, and must not end by itself.
 *
 * <p>Thread safety: all methods may be called by any thread.
 */
final class RunningJob {

  private static final long POLL_MILLIS = 50;

  private final MiniCluster cluster;
  private final JobID id;
  private final CompletableFuture<JobResult> end;

  private RunningJob(MiniCluster cluster, JobID id) {
    this.cluster = cluster;
    this.id = id;
    this.end = cluster.requestJobResult(id);
  }

  /** Submits a job. */
  static RunningJob submit(JobGraph graph, MiniCluster cluster)
      throws InterruptedException, ExecutionException {
    return new RunningJob(cluster, cluster.submitJob(graph).get().getJobID());
  }

  /** Returns when every task is open: models are loaded, topics are assigned. */
  void awaitRunning() throws InterruptedException, ExecutionException {
    while (!isRunning()) {
      requireRunning();
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  /**
   * Checks that the job has not ended.
   *
   * @throws IllegalStateException if it has; the message holds the reason
   */
  void requireRunning() throws InterruptedException, ExecutionException {
    if (!end.isDone()) {
      return;
    }
    JobResult result = end.get();
    Throwable failure =
        result
            .getSerializedThrowable()
            .map(serialized -> serialized.deserializeError(RunningJob.class.getClassLoader()))
            .orElse(null);
    String reason =
        failure == null
            ? "it was " + result.getJobStatus().map(Enum::name).orElse("ended")
            : rootOf(failure).toString();
    throw new IllegalStateException(
        "The Flink job ended before its work was done: " + reason, failure);
  }

  /** Cancels the job and returns when it has ended. */
  void cancel() throws InterruptedException, ExecutionException {
    cluster.cancelJob(id).get();
    end.get();
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root;
  }

  private boolean isRunning() throws InterruptedException, ExecutionException {
    Iterator<? extends AccessExecutionVertex> tasks =
        cluster.getExecutionGraph(id).get().getAllExecutionVertices().iterator();
    if (!tasks.hasNext()) {
      return false;
    }
    while (tasks.hasNext()) {
      if (tasks.next().getExecutionState() != ExecutionState.RUNNING) {
        return false;
      }
    }
    return true;
  }
}
