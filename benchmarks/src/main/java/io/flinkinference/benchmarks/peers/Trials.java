package io.flinkinference.benchmarks.peers;

import io.flinkinference.benchmarks.flink.BenchCluster;
import io.flinkinference.benchmarks.peers.job.Load;
import io.flinkinference.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * With which parallelism of the job each side does best: with one subtask, which uses all cores
 * within itself, or with a subtask a core. Each side is then measured with its best.
 */
final class Trials {

  private final Map<String, Map<Integer, Double>> rates;

  private Trials(Map<String, Map<Integer, Double>> rates) {
    this.rates = rates;
  }

  /** Nothing is tried: all sides have one subtask. */
  static Trials none() {
    return new Trials(Map.of());
  }

  /**
   * Tries all sides.
   *
   * @param load by the number of subtasks
   */
  static Trials run(
      List<Peer> sides, BenchCluster cluster, IntFunction<Load> load, Consumer<String> progress)
      throws Exception {
    int cores = Runtime.getRuntime().availableProcessors();
    Map<String, Map<Integer, Double>> rates = new LinkedHashMap<>();
    for (Peer side : sides) {
      Map<Integer, Double> tried = new LinkedHashMap<>();
      for (int subtasks : cores == 1 ? List.of(1) : List.of(1, cores)) {
        double rate =
            new JobContender(side, cluster, load.apply(subtasks)).run().recordsPerSecond();
        tried.put(subtasks, rate);
        progress.accept(
            "  trial of %s with %d subtasks: %,.0f records/s"
                .formatted(side.name(), subtasks, rate));
      }
      rates.put(side.name(), tried);
    }
    return new Trials(rates);
  }

  /** The number of subtasks with which a side did most; one where nothing was tried. */
  int bestSubtasks(String side) {
    return rates.getOrDefault(side, Map.of()).entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(1);
  }

  /** All that was tried. */
  Table table() {
    List<List<Object>> rows = new ArrayList<>();
    rates.forEach(
        (side, tried) ->
            tried.forEach((subtasks, rate) -> rows.add(List.of(side, subtasks, rate))));
    return new Table(List.of("side", "subtasks", "records/s"), rows);
  }
}
