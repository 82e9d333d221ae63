package io.flinkinference.benchmarks.peers;

import io.flinkinference.benchmarks.measure.Outcome;
import io.flinkinference.tools.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * All sides with each parallelism of the job: one subtask, which uses all cores within itself, and
 * a subtask a core. All of them run in each round, and each side is compared by what did more in
 * the median. Immutable.
 */
final class Variants {

  private final List<Variant> all;

  Variants(List<Variant> all) {
    this.all = List.copyOf(all);
  }

  /**
   * All sides with each parallelism.
   *
   * @param job of a side and a number of subtasks
   */
  static Variants of(
      List<Peer> sides, List<Integer> parallelisms, BiFunction<Peer, Integer, JobContender> job) {
    List<Variant> all = new ArrayList<>();
    for (Peer side : sides) {
      for (int subtasks : parallelisms) {
        all.add(new Variant(side.name(), subtasks, job.apply(side, subtasks)));
      }
    }
    return new Variants(all);
  }

  /** Which there are: one subtask alone on one core, in quick runs and for few texts. */
  static List<Integer> parallelisms(int texts, int cores, boolean quick) {
    boolean one = quick || texts < cores * Peer.LEAST_TEXTS_OF_A_SUBTASK;
    return Stream.of(1, one ? 1 : cores).distinct().toList();
  }

  List<Variant> all() {
    return all;
  }

  /** Those that ran in all rounds. */
  Variants in(Outcome outcome) {
    return new Variants(
        all.stream().filter(variant -> outcome.names().contains(variant.name())).toList());
  }

  /** Whether there is one of a side. */
  boolean has(Peer side) {
    return all.stream().anyMatch(variant -> variant.side().equals(side.name()));
  }

  /** Whether a name is that of a peer with a parallelism. */
  boolean isPeer(String name) {
    return all.stream()
        .anyMatch(variant -> variant.name().equals(name) && !variant.side().equals(Product.NAME));
  }

  /** Of each side the one that did most. */
  List<Variant> best(Outcome outcome) {
    Map<String, Variant> best = new LinkedHashMap<>();
    for (Variant variant : all) {
      best.merge(
          variant.side(),
          variant,
          (one, other) ->
              outcome.recordsPerSecond(other.name()) > outcome.recordsPerSecond(one.name())
                  ? other
                  : one);
    }
    return List.copyOf(best.values());
  }

  /** The outcome of those, under the names of their sides, and that of all else as it is. */
  Outcome bySide(Outcome outcome) {
    Map<String, String> names = new LinkedHashMap<>();
    best(outcome).forEach(variant -> names.put(variant.side(), variant.name()));
    List<String> variants = all.stream().map(Variant::name).toList();
    outcome.names().stream()
        .filter(name -> !variants.contains(name))
        .forEach(name -> names.put(name, name));
    return outcome.of(names);
  }

  /** Whether there is more than one of a side. */
  boolean severalOfASide() {
    return all.stream().map(Variant::subtasks).distinct().count() > 1;
  }

  /** What each did. */
  Table table(Outcome outcome) {
    List<Variant> best = best(outcome);
    return new Table(
        List.of("side", "subtasks", "records/s", "CPU s per 1,000 records", "compared"),
        all.stream()
            .map(
                variant ->
                    List.<Object>of(
                        variant.side(),
                        variant.subtasks(),
                        outcome.recordsPerSecond(variant.name()),
                        outcome.cpuSecondsPerThousand(variant.name()),
                        best.contains(variant)))
            .toList());
  }
}
