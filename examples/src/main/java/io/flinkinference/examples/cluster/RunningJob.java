package io.flinkinference.examples.cluster;

import java.util.EnumSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;

/**
 * A job that was submitted.
 *
 * <p>Thread safety: all methods may be called by any thread.
 */
public final class RunningJob {

  private static final long POLL_MILLIS = 50;
  private static final long LAST_SECONDS = 10;

  private final MiniCluster cluster;
  private final JobID id;
  private final CompletableFuture<JobResult> end;

  private RunningJob(MiniCluster cluster, JobID id) {
    this.cluster = cluster;
    this.id = id;
    this.end = cluster.requestJobResult(id);
  }

  /** Submits a job. */
  public static RunningJob submit(JobGraph graph, MiniCluster cluster)
      throws InterruptedException, ExecutionException {
    return new RunningJob(cluster, cluster.submitJob(graph).get().getJobID());
  }

  /** Returns when every task is open: models are loaded, topics are assigned. */
  public void awaitRunning() throws InterruptedException, ExecutionException {
    while (!allTasksAre(EnumSet.of(ExecutionState.RUNNING))) {
      requireRunning();
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  /**
   * Checks that the job has not ended.
   *
   * @throws IllegalStateException if it has; the message holds the reason
   */
  public void requireRunning() throws InterruptedException, ExecutionException {
    if (!end.isDone()) {
      return;
    }
    JobResult result = end.get();
    throw failed("The Flink job ended before its work was done: ", result);
  }

  /**
   * Returns when the job has ended by itself.
   *
   * @throws IllegalStateException if it failed; the message holds the reason
   */
  public void awaitEnd() throws InterruptedException, ExecutionException {
    JobResult result = end.get();
    if (!result.isSuccess()) {
      throw failed("The Flink job failed: ", result);
    }
  }

  /**
   * Ends the job with a savepoint, from which it can go on.
   *
   * @param directory a URI, where the savepoint gets a directory of its own
   * @return the savepoint; nothing if the job had read all there was before
   */
  public Optional<String> stop(String directory) throws InterruptedException, ExecutionException {
    String savepoint;
    try {
      savepoint =
          cluster.stopWithSavepoint(id, directory, false, SavepointFormatType.CANONICAL).get();
    } catch (ExecutionException e) {
      if (endsByItself()) {
        return Optional.empty();
      }
      throw e;
    }
    awaitEnd(); // What was written before the savepoint is committed after it.
    return Optional.of(savepoint);
  }

  /**
   * Whether {@link #stop} can be asked: not while a task starts, or the job waits to be restarted.
   */
  public boolean takesSavepoints() throws InterruptedException, ExecutionException {
    return allTasksAre(EnumSet.of(ExecutionState.RUNNING, ExecutionState.FINISHED));
  }

  /** Why it failed last, if it has. */
  public Optional<String> lastFailure() throws InterruptedException, ExecutionException {
    return Optional.ofNullable(cluster.getExecutionGraph(id).get().getFailureInfo())
        .map(info -> info.getException().deserializeError(RunningJob.class.getClassLoader()))
        .map(failure -> rootOf(failure).toString());
  }

  /**
   * Where the savepoint is with which somebody stopped the job, from here or by its REST interface;
   * nothing where the job has ended by itself.
   */
  public Optional<String> stoppedWith() throws InterruptedException, ExecutionException {
    CheckpointStatsSnapshot stats =
        cluster.getExecutionGraph(id).get().getCheckpointStatsSnapshot();
    return Optional.ofNullable(stats)
        .map(snapshot -> snapshot.getHistory().getLatestSavepoint())
        .filter(savepoint -> savepoint.getProperties().isSynchronous()) // It ends the job.
        .map(CompletedCheckpointStats::getExternalPath);
  }

  /** A job that has just read the last record takes no savepoint any more. */
  private boolean endsByItself() throws InterruptedException, ExecutionException {
    try {
      return end.get(LAST_SECONDS, TimeUnit.SECONDS).isSuccess();
    } catch (TimeoutException e) {
      return false;
    }
  }

  private static IllegalStateException failed(String prefix, JobResult result) {
    Throwable failure =
        result
            .getSerializedThrowable()
            .map(serialized -> serialized.deserializeError(RunningJob.class.getClassLoader()))
            .orElse(null);
    String reason =
        failure == null
            ? "it was " + result.getJobStatus().map(Enum::name).orElse("ended")
            : rootOf(failure).toString();
    return new IllegalStateException(prefix + reason, failure);
  }

  /** Cancels the job and returns when it has ended. */
  public void cancel() throws InterruptedException, ExecutionException {
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

  private boolean allTasksAre(Set<ExecutionState> states)
      throws InterruptedException, ExecutionException {
    Iterator<? extends AccessExecutionVertex> tasks =
        cluster.getExecutionGraph(id).get().getAllExecutionVertices().iterator();
    if (!tasks.hasNext()) {
      return false;
    }
    while (tasks.hasNext()) {
      if (!states.contains(tasks.next().getExecutionState())) {
        return false;
      }
    }
    return true;
  }
}
