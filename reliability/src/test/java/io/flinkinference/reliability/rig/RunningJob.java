package io.flinkinference.reliability.rig;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;

/**
 * A job that was submitted, and must not end by itself.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
public final class RunningJob {

  private static final long END_LIMIT_MINUTES = 15;

  private final MiniCluster cluster;
  private final JobID id;
  private final CompletableFuture<JobResult> end;

  RunningJob(MiniCluster cluster, JobID id) {
    this.cluster = cluster;
    this.id = id;
    this.end = cluster.requestJobResult(id);
  }

  /** Fails with the job's own failure if it has ended. */
  public void requireRunning() throws Exception {
    if (end.isDone()) {
      throw new IllegalStateException(
          "The job has ended before it was told to.",
          end.get().getSerializedThrowable().orElse(null));
    }
  }

  /**
   * Cancels the job and returns when it has ended.
   *
   * @return how long that took
   */
  public Duration cancel() throws Exception {
    requireRunning();
    long start = System.nanoTime();
    cluster.cancelJob(id).get(END_LIMIT_MINUTES, TimeUnit.MINUTES);
    end.get(END_LIMIT_MINUTES, TimeUnit.MINUTES);
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Ends the input, waits until all records in flight have left, and ends the job. */
  public void drain(Path savepoints) throws Exception {
    requireRunning();
    cluster
        .stopWithSavepoint(id, savepoints.toUri().toString(), true, SavepointFormatType.CANONICAL)
        .get(END_LIMIT_MINUTES, TimeUnit.MINUTES);
    end.get(END_LIMIT_MINUTES, TimeUnit.MINUTES).toJobExecutionResult(getClass().getClassLoader());
  }
}
