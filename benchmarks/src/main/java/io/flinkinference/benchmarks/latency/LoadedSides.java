package io.flinkinference.benchmarks.latency;

import io.flinkinference.benchmarks.bare.Tokenized;
import io.flinkinference.benchmarks.flink.BenchCluster;
import io.flinkinference.benchmarks.measure.BenchmarkSettings;
import io.flinkinference.benchmarks.measure.Outcome;
import io.flinkinference.benchmarks.measure.Rounds;
import io.flinkinference.benchmarks.peers.JobContender;
import io.flinkinference.benchmarks.peers.Peer;
import io.flinkinference.benchmarks.peers.job.Load;
import io.flinkinference.examples.demo.Arrivals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.stream.LongStream;

/**
 * Puts sides under load. All have one subtask, which may use all cores.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
final class LoadedSides {

  private static final long SEED = 20261104;
  private static final Duration DURATION = Duration.ofSeconds(15);

  /** Queues of sides that are nearly full grow for long, and figures of them are compared. */
  private static final Duration DURATION_HEAVY = Duration.ofSeconds(40);

  /** A light load takes longer, so that there is something to take percentiles of. */
  private static final double LEAST_ARRIVALS = 600;

  private static final Duration DURATION_QUICK = Duration.ofSeconds(1);
  private static final int TEXTS_QUICK = 150;
  private static final int WARM_UP = 200;
  private static final int WARM_UP_QUICK = 16;

  private final List<Peer> sides;
  private final BenchCluster cluster;
  private final Tokenized texts;
  private final BenchmarkSettings settings;
  private final BiPredicate<String, Exception> leaveOut;
  private final int warmUp;

  /**
   * @param leaveOut is asked whether a side that failed is left out; if not, its failure is thrown
   */
  LoadedSides(
      List<Peer> sides,
      BenchCluster cluster,
      Tokenized texts,
      BenchmarkSettings settings,
      BiPredicate<String, Exception> leaveOut) {
    this.sides = List.copyOf(sides);
    this.cluster = cluster;
    this.texts = texts;
    this.settings = settings;
    this.leaveOut = leaveOut;
    this.warmUp = settings.quick() ? WARM_UP_QUICK : WARM_UP;
  }

  /** What each side that does not fail can do when all texts are there from the start. */
  Outcome capacities() throws Exception {
    Tokenized some = settings.quick() ? texts.first(TEXTS_QUICK) : texts;
    List<JobContender> contenders =
        sides.stream()
            .map(side -> new JobContender(side, cluster, Load.allAtOnce(some, 1, warmUp)))
            .toList();
    return Rounds.run(contenders, settings.rounds(), settings.progress(), leaveOut);
  }

  /**
   * Puts sides under their loads, in turns.
   *
   * @param others that take turns with them
   * @return a point for each side, in the same order; not all rounds are in that of one that failed
   */
  List<Point> under(List<LoadedSide> loaded, List<Turn> others) throws Exception {
    Map<LoadedSide, Turn> turns = new LinkedHashMap<>();
    for (LoadedSide each : loaded) {
      if (!each.isFarBeyond()) {
        turns.put(each, new Turn(each.side().name(), load(each), round -> run(each, round)));
      }
    }
    List<Turn> all = new ArrayList<>(turns.values());
    all.addAll(others);
    Turn.takeAll(all, settings.rounds(), settings.progress(), leaveOut);
    return loaded.stream()
        .map(each -> each.point(turns.containsKey(each) ? turns.get(each).rounds() : List.of()))
        .toList();
  }

  private static String load(LoadedSide loaded) {
    return " with %.1f records/s".formatted(loaded.perSecond());
  }

  /** How many texts arrive for a side under its load; the first ones, in their order. */
  int arrivals(LoadedSide loaded) {
    Duration duration =
        settings.quick() ? DURATION_QUICK : enough(loaded.perSecond(), loaded.load());
    return (int) Math.max(1, loaded.perSecond() * duration.toMillis() / 1_000);
  }

  /** Each round has arrivals of its own, or a median of rounds would be that of one draw. */
  private Percentiles run(LoadedSide loaded, int round) throws Exception {
    Arrivals arrivals = new Arrivals(loaded.perSecond(), SEED + round);
    long[] nanos = LongStream.generate(arrivals::nextNanos).limit(arrivals(loaded)).toArray();
    JobContender contender =
        new JobContender(loaded.side(), cluster, Load.arriving(texts, warmUp, nanos));
    contender.run();
    return Percentiles.of(contender.latencies());
  }

  private static Duration enough(double perSecond, int percent) {
    Duration least = percent == LatencyBenchmark.HEAVY ? DURATION_HEAVY : DURATION;
    Duration forArrivals = Duration.ofSeconds((long) (LEAST_ARRIVALS / perSecond));
    return forArrivals.compareTo(least) > 0 ? forArrivals : least;
  }
}
