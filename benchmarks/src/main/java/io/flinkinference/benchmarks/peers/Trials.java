package io.flinkinference.benchmarks.peers;

import io.flinkinference.benchmarks.flink.BenchCluster;
import io.flinkinference.benchmarks.measure.Contender;
import io.flinkinference.benchmarks.measure.Outcome;
import io.flinkinference.benchmarks.measure.Rounds;
import io.flinkinference.benchmarks.measure.Sample;
import io.flinkinference.benchmarks.peers.job.Load;
import io.flinkinference.tools.report.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * With which parallelism of the job each side does best: with one subtask, which uses all cores
 * within itself, or with a subtask a core. Each side is then measured with its best.
 */
record Trials(List<Trial> all) {

  /** Of two runs the better one counts: the first ones find the JVM cold. */
  private static final int ROUNDS = 2;

  Trials {
    all = List.copyOf(all);
  }

  /** Nothing is tried: all sides have one subtask. */
  static Trials none() {
    return new Trials(List.of());
  }

  /**
   * Tries all sides, in turns.
   *
   * @param load by the number of subtasks
   */
  static Trials run(
      List<Peer> sides, BenchCluster cluster, IntFunction<Load> load, Consumer<String> progress)
      throws Exception {
    int cores = Runtime.getRuntime().availableProcessors();
    if (cores == 1) {
      return none();
    }
    progress.accept("  trial, which parallelism suits each side:");
    List<Contender> contenders = new ArrayList<>();
    for (Peer side : sides) {
      for (int subtasks : List.of(1, cores)) {
        JobContender contender = new JobContender(side, cluster, load.apply(subtasks));
        contenders.add(Contender.of(name(side, subtasks), contender::run));
      }
    }
    Outcome outcome = Rounds.run(contenders, ROUNDS, progress);
    List<Trial> all = new ArrayList<>();
    for (Peer side : sides) {
      for (int subtasks : List.of(1, cores)) {
        double best =
            outcome.samples(name(side, subtasks)).stream()
                .mapToDouble(Sample::recordsPerSecond)
                .max()
                .orElseThrow();
        all.add(new Trial(side.name(), subtasks, best));
      }
    }
    return new Trials(all);
  }

  private static String name(Peer side, int subtasks) {
    return side.name() + " with parallelism " + subtasks;
  }

  /** The number of subtasks with which a side did most; one where nothing was tried. */
  int bestSubtasks(String side) {
    return all.stream()
        .filter(trial -> trial.side().equals(side))
        .max(Comparator.comparingDouble(Trial::recordsPerSecond))
        .map(Trial::subtasks)
        .orElse(1);
  }

  /** All that was tried. */
  Table table() {
    return new Table(
        List.of("side", "subtasks", "records/s"),
        all.stream()
            .map(trial -> List.<Object>of(trial.side(), trial.subtasks(), trial.recordsPerSecond()))
            .toList());
  }

  /**
   * A side with a parallelism.
   *
   * @param recordsPerSecond of its better run
   */
  record Trial(String side, int subtasks, double recordsPerSecond) {}
}
