package io.flinkinference.benchmarks.latency;

import io.flinkinference.benchmarks.BenchmarkSettings;
import io.flinkinference.benchmarks.bare.Tokenized;
import io.flinkinference.benchmarks.flink.BenchCluster;
import io.flinkinference.benchmarks.measure.Outcome;
import io.flinkinference.benchmarks.measure.Rounds;
import io.flinkinference.benchmarks.peers.JobContender;
import io.flinkinference.benchmarks.peers.Peer;
import io.flinkinference.benchmarks.peers.job.Load;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts sides under load. All have one subtask, which may use all cores.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
final class LoadedSides {

  /** Above this share of its capacity a side is not run. */
  private static final double FAR_BEYOND = 1.5;

  private static final Duration DURATION = Duration.ofSeconds(15);

  /** Queues of sides that are nearly full grow for long, and figures of them are compared. */
  private static final Duration DURATION_HEAVY = Duration.ofSeconds(40);

  /** A light load takes longer, so that there is something to take percentiles of. */
  private static final double LEAST_ARRIVALS = 600;

  private static final Duration DURATION_QUICK = Duration.ofSeconds(1);
  private static final int TEXTS_QUICK = 150;
  private static final int WARM_UP = 200;
  private static final int WARM_UP_QUICK = 16;
  private static final double PERCENT = 100;

  private final List<Peer> sides;
  private final BenchCluster cluster;
  private final Tokenized texts;
  private final BenchmarkSettings settings;
  private final int warmUp;

  LoadedSides(List<Peer> sides, BenchCluster cluster, Tokenized texts, BenchmarkSettings settings) {
    this.sides = List.copyOf(sides);
    this.cluster = cluster;
    this.texts = texts;
    this.settings = settings;
    this.warmUp = settings.quick() ? WARM_UP_QUICK : WARM_UP;
  }

  /** What each side can do when all texts are there from the start. */
  Outcome capacities() throws Exception {
    Tokenized some = settings.quick() ? texts.first(TEXTS_QUICK) : texts;
    List<JobContender> contenders =
        sides.stream()
            .map(side -> new JobContender(side, cluster, Load.allAtOnce(some, 1, warmUp)))
            .toList();
    return Rounds.run(contenders, settings.rounds(), settings.progress());
  }

  /**
   * Puts sides under a load, in turns.
   *
   * @param percent of the capacity that the load goes by
   * @param perSecond arrivals for each side, by its name; sides that have none are left out
   * @param capacities of all sides
   */
  List<Point> under(int percent, Map<String, Double> perSecond, Outcome capacities)
      throws Exception {
    Map<String, List<Percentiles>> rounds = new LinkedHashMap<>();
    for (int round = 0; round < settings.rounds(); round++) {
      for (Peer side : Rounds.order(sides, round)) {
        Double rate = perSecond.get(side.name());
        if (rate != null && rate <= FAR_BEYOND * capacities.recordsPerSecond(side.name())) {
          Percentiles latencies = run(side, round, rate, percent);
          rounds.computeIfAbsent(side.name(), name -> new ArrayList<>()).add(latencies);
          settings
              .progress()
              .accept(
                  "  %d %%, round %d: %s p50 %.1f ms, p99 %.1f ms"
                      .formatted(
                          percent, round + 1, side.name(), latencies.p50(), latencies.p99()));
        }
      }
    }
    return sides.stream()
        .map(Peer::name)
        .filter(perSecond::containsKey)
        .map(
            side ->
                new Point(
                    side,
                    percent,
                    perSecond.get(side),
                    capacities.recordsPerSecond(side),
                    Optional.ofNullable(rounds.get(side)).map(Percentiles::median)))
        .toList();
  }

  /** The rate of a share of a capacity. */
  static double share(int percent, double capacity) {
    return percent / PERCENT * capacity;
  }

  private Percentiles run(Peer side, int round, double perSecond, int percent) throws Exception {
    Duration duration = settings.quick() ? DURATION_QUICK : enough(perSecond, percent);
    JobContender contender =
        new JobContender(
            side,
            cluster,
            Load.arriving(texts, warmUp, Arrivals.poisson(round, perSecond, duration)));
    contender.run();
    return Percentiles.of(contender.latencies());
  }

  private static Duration enough(double perSecond, int percent) {
    Duration least = percent == LatencyBenchmark.HEAVY ? DURATION_HEAVY : DURATION;
    Duration forArrivals = Duration.ofSeconds((long) (LEAST_ARRIVALS / perSecond));
    return forArrivals.compareTo(least) > 0 ? forArrivals : least;
  }
}
