package io.flinkinference.reliability.figures;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.InferenceOptions;
import io.flinkinference.reliability.rig.Bench;
import io.flinkinference.reliability.rig.Cluster;
import io.flinkinference.reliability.rig.MixedTexts;
import io.flinkinference.reliability.rig.Probe;
import io.flinkinference.reliability.rig.Report;
import io.flinkinference.reliability.rig.RunningJob;
import io.flinkinference.reliability.rig.ScoringJob;
import io.flinkinference.reliability.rig.SteadyPace;
import io.flinkinference.reliability.rig.Threads;
import io.flinkinference.reliability.rig.Waiting;
import io.flinkinference.runtime.ModelLeases;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job is cancelled, and a TaskManager ends, in the middle of long engine runs. */
@Tag("figures")
class CancelITCase {

  private static final int ROUNDS = Integer.getInteger("figures.rounds", 5);
  private static final int SUBTASKS = 2;
  private static final Duration TARGET = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Sixteen rows of 512 tokens: a run takes longer than a second. */
  private static final int TOKEN_BUDGET = 16 * 512;

  private static final int WARM = 40;
  private static final long SEED = 20260301;

  @TempDir private Path directory;

  private final SplittableRandom random = new SplittableRandom(SEED);

  @Test
  void aJobIsCancelledDuringARun() throws Exception {
    Report.title("Cancel during runs of 16 x 512 tokens");
    Duration longest = Duration.ZERO;
    for (int round = 1; round <= ROUNDS; round++) {
      try (Bench bench = new Bench(new SteadyPace(), MixedTexts::longest, SUBTASKS);
          Cluster cluster = Cluster.start(bench, directory)) {
        RunningJob job = underWay(bench, cluster);
        longest = longer(longest, report(round, job.cancel()));
      }
    }
    figure("cancel during a run", longest);
  }

  @Test
  void aTaskManagerEndsDuringARun() throws Exception {
    Report.title("Shutdown of the cluster during runs of 16 x 512 tokens");
    Duration longest = Duration.ZERO;
    for (int round = 1; round <= ROUNDS; round++) {
      try (Bench bench = new Bench(new SteadyPace(), MixedTexts::longest, SUBTASKS);
          Cluster cluster = Cluster.start(bench, directory)) {
        underWay(bench, cluster).requireRunning();
        longest = longer(longest, report(round, cluster.shutDown()));
      }
    }
    figure("shutdown during a run", longest);
  }

  /** A job whose engine has been busy for a while; it is until it ends. */
  private RunningJob underWay(Bench bench, Cluster cluster) throws Exception {
    Configuration options = new Configuration();
    options.set(InferenceOptions.TOKEN_BUDGET, TOKEN_BUDGET);
    RunningJob job = cluster.submit(ScoringJob.graph(bench, options, true, directory));
    // The first batches are small: a free engine does not wait for more.
    Waiting.until("Result " + WARM, PATIENCE, () -> bench.sum(Probe::scored) >= WARM);
    Waiting.pass(Duration.ofMillis(random.nextInt(2_000)));
    return job;
  }

  private static Duration report(int round, Duration took) throws Exception {
    // The model ends with the last task, so nothing may be left when the job has ended.
    assertThat(ModelLeases.SHARED.size()).as("models in memory").isZero();
    Waiting.until("The end of the engine's threads", PATIENCE, () -> Threads.ofModels().isEmpty());
    Report.line("round %d: %d ms", round, took.toMillis());
    return took;
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  private static void figure(String name, Duration longest) {
    Report.figure(
        name,
        "%d ms at most".formatted(longest.toMillis()),
        "at most 5 s",
        longest.compareTo(TARGET) <= 0);
  }
}
