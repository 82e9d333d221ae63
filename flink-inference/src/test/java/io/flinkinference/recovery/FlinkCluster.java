package io.flinkinference.recovery;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.state.OperatorStateHandle;

/** A Flink cluster in this process, with small network buffers: what waits there is little. */
final class FlinkCluster implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";
  private static final int SLOTS = 5;

  private final MiniCluster cluster;

  private FlinkCluster(MiniCluster cluster) {
    this.cluster = cluster;
  }

  static FlinkCluster start() throws Exception {
    Configuration config = new Configuration();
    config.set(RestOptions.ADDRESS, LOOPBACK);
    config.set(RestOptions.BIND_ADDRESS, LOOPBACK);
    config.set(TaskManagerOptions.MEMORY_SEGMENT_SIZE, MemorySize.parse("4kb"));
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(config)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(SLOTS)
                .setCommonBindAddress(LOOPBACK)
                .withRandomPorts()
                .build());
    cluster.start();
    return new FlinkCluster(cluster);
  }

  JobID submit(ScoringJob job) throws Exception {
    return cluster.submitJob(job.graph()).get().getJobID();
  }

  /** Waits for the end of a job and throws what made it fail. */
  void await(JobID job) throws Exception {
    cluster.requestJobResult(job).get().toJobExecutionResult(FlinkCluster.class.getClassLoader());
  }

  /** Stops a job with a savepoint, and returns the path of it. */
  String stop(JobID job, boolean drain, Path directory) throws Exception {
    awaitRunning(job);
    String path =
        cluster
            .stopWithSavepoint(job, directory.toString(), drain, SavepointFormatType.CANONICAL)
            .get();
    await(job);
    return path;
  }

  CompletedCheckpointStats checkpoint(JobID job, CheckpointType type) throws Exception {
    awaitRunning(job);
    cluster.triggerCheckpoint(job, type).get();
    return cluster
        .getExecutionGraph(job)
        .get()
        .getCheckpointStatsSnapshot()
        .getHistory()
        .getLatestCompletedCheckpoint();
  }

  void cancel(JobID job) throws Exception {
    cluster.cancelJob(job).get();
    cluster.requestJobResult(job).get();
  }

  /** Waits until so many subtasks of a job have come to their end. */
  void awaitEnded(JobID job, int subtasks) throws Exception {
    awaitStates(job, states -> Collections.frequency(states, ExecutionState.FINISHED) >= subtasks);
  }

  /** No checkpoint can be taken before. */
  private void awaitRunning(JobID job) throws Exception {
    awaitStates(
        job,
        states ->
            states.stream()
                .allMatch(
                    state -> state == ExecutionState.RUNNING || state == ExecutionState.FINISHED));
  }

  private void awaitStates(JobID job, Predicate<List<ExecutionState>> condition) throws Exception {
    while (!condition.test(states(job))) {
      LockSupport.parkNanos(1_000_000); // The cluster tells nobody of such changes.
    }
  }

  private List<ExecutionState> states(JobID job) throws Exception {
    List<ExecutionState> states = new ArrayList<>();
    for (var vertex : cluster.getExecutionGraph(job).get().getAllExecutionVertices()) {
      states.add(vertex.getExecutionState());
    }
    return states;
  }

  /** Number of records in flight that a savepoint or checkpoint holds. */
  static int inFlight(String path) throws IOException {
    Path metadata = Path.of(URI.create(path)).resolve("_metadata");
    int records = 0;
    try (DataInputStream in = new DataInputStream(Files.newInputStream(metadata))) {
      for (OperatorState operator :
          Checkpoints.loadCheckpointMetadata(in, FlinkCluster.class.getClassLoader(), path)
              .getOperatorStates()) {
        for (OperatorSubtaskState subtask : operator.getStates()) {
          for (OperatorStateHandle handle : subtask.getManagedOperatorState()) {
            var state = handle.getStateNameToPartitionOffsets().get("in-flight-records");
            records += state == null ? 0 : state.getOffsets().length;
          }
        }
      }
    }
    return records;
  }

  @Override
  public void close() {
    cluster.closeAsync().join();
  }
}
