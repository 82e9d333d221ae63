package io.flinkinference.examples.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flinkinference.examples.cluster.LocalFlink;
import io.flinkinference.examples.cluster.RunningJob;
import io.flinkinference.local.FlinkPath;
import io.flinkinference.placement.Placement;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/**
 * Runs a job on a Flink cluster in this process. Its state is kept in a directory of the job's own
 * below the checkpoint directory, and the next run goes on from there: records that were in flight
 * when it ended are in no topic's committed offsets, so nothing else would be exact.
 *
 * <p><b>Thread safety:</b> for one thread, which may be interrupted to end the job.
 */
public final class LocalRun {

  private static final int RESTARTS = 10;

  private final JobSettings job;
  private final Path directory;
  private final PrintWriter out;

  /**
   * @param job to run
   * @param out for what the user is told
   * @throws IllegalArgumentException if the job has no checkpoint directory on this machine, or
   *     asks for TaskManagers that are not here
   */
  public LocalRun(JobSettings job, PrintWriter out) {
    requireNoOtherMachines(job);
    this.job = job;
    this.directory = stateDirectory(job);
    this.out = out;
  }

  private static void requireNoOtherMachines(JobSettings job) {
    Placement placement = job.placement();
    if (placement.setsResources()) {
      throw new IllegalArgumentException(
          "The placement asks for TaskManagers with "
              + (placement.kind() == Placement.Kind.GPU
                  ? "the external resource " + placement.resource()
                  : "the label " + placement.cpuLabel())
              + ", which the cluster in this process has not. Submit the job to a cluster, or leave"
              + " placement.run-on and placement.cpu-label out; inference.device may name a GPU here.");
    }
  }

  private static Path stateDirectory(JobSettings job) {
    String directory = job.checkpointDirectory().orElse(null);
    if (directory == null) {
      throw new IllegalArgumentException(
          "checkpoints.directory is not set. A job on this machine keeps its state there: set it, for"
              + " example to /var/lib/flink-inference.");
    }
    return localDirectory(directory)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "checkpoints.directory is "
                        + job.shownCheckpointDirectory()
                        + ". A job on this machine keeps its state on this machine: set a directory"
                        + " here."))
        .toAbsolutePath()
        .resolve(fileName(job.name()));
  }

  /** Empty where it is elsewhere. What a URI has to say of itself may have a secret in it. */
  private static Optional<Path> localDirectory(String directory) {
    if (!directory.contains(":/")) {
      return Optional.of(Path.of(directory));
    }
    try {
      return Optional.of(Path.of(URI.create(directory)));
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      return Optional.empty();
    }
  }

  /** Names of jobs may have any characters, also those that lead out of a directory. */
  private static String fileName(String name) {
    return URLEncoder.encode(name, UTF_8).replace(".", "%2E");
  }

  /**
   * Runs the job until it ends, or until this thread is interrupted: then it ends with a savepoint,
   * unless it starts or waits for its restart.
   *
   * @param work directory for temporary files
   * @param fresh whether to begin anew, whatever is there from earlier runs
   */
  public void run(Path work, boolean fresh) throws Exception {
    try (LocalState state = LocalState.open(directory)) {
      if (fresh) {
        state.clear(); // Or a later run might go on from what this one was not to see.
      }
      state.claim(JobIdentity.of(job));
      run(work, state, state.newest());
    }
  }

  private void run(Path work, LocalState state, Optional<Path> from) throws Exception {
    JobGraph graph = graph(state, from);
    try (LocalFlink flink = LocalFlink.start(slots(graph), work)) {
      RunningJob running = RunningJob.submit(graph, flink.cluster());
      tell(from.map(path -> "It goes on from " + path + ".").orElse("It begins anew."));
      tell("Flink's web UI is " + flink.webUi() + ". Ctrl-C ends the job with a savepoint.");
      try {
        running.awaitEnd();
        ended(running, state);
      } catch (InterruptedException e) {
        tell("The job ends.");
        if (!running.takesSavepoints()) {
          running.lastFailure().ifPresent(why -> tell("Its last failure was: " + why));
          tell(
              "It was not running, so there is no savepoint: the next run goes on from the last"
                  + " checkpoint, or begins where this one began.");
          return;
        }
        Optional<String> savepoint = running.stop(state.uri());
        if (savepoint.isPresent()) {
          tell("Its savepoint is " + savepoint.get() + ".");
        } else {
          ended(running, state);
        }
      }
    }
  }

  private void ended(RunningJob running, LocalState state) throws Exception {
    Optional<String> savepoint = running.stoppedWith();
    if (savepoint.isEmpty()) {
      state.clear();
      tell("The job has read all there was, and ended.");
      return;
    }
    tell("The job was stopped from outside. Its savepoint is " + savepoint.get() + ".");
    if (!state.holds(savepoint.get())) {
      state.clear(); // Or the next run would go on from an older one, and score all since again.
      tell(
          "Move that folder to "
              + directory
              + ". Else the next run begins anew, without what was in flight.");
    }
  }

  private void tell(String line) {
    out.println(line);
    out.flush();
  }

  private JobGraph graph(LocalState state, Optional<Path> from) {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(defaults());
    ScoringPipeline pipeline = new ScoringPipeline(job);
    pipeline.build(env);
    pipeline.askKafka(env);
    Configuration own = new Configuration();
    own.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    own.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, state.uri());
    // Else they lie beside each other, in no directory of the job's id, and are not found again.
    own.set(CheckpointingOptions.CREATE_CHECKPOINT_SUB_DIR, true);
    // Without it they would go when the job is cancelled or fails.
    own.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    from.ifPresent(path -> own.set(StateRecoveryOptions.SAVEPOINT_PATH, FlinkPath.of(path)));
    env.configure(own);
    StreamGraph graph = env.getStreamGraph();
    graph.setJobName(job.name());
    return graph.getJobGraph();
  }

  /** What holds unless the file says otherwise. */
  private static Configuration defaults() {
    Configuration defaults = new Configuration();
    // A job that cannot run has to say so; by default Flink would try for ever.
    defaults.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    defaults.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS, RESTARTS);
    return defaults;
  }

  private static int slots(JobGraph graph) {
    return graph.getSlotSharingGroups().stream()
        .mapToInt(
            group ->
                group.getJobVertexIds().stream()
                    .mapToInt(id -> graph.findVertexByID(id).getParallelism())
                    .max()
                    .orElse(1))
        .sum();
  }
}
