package io.flinkinference.benchmarks.latency;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/** Times at which texts arrive: independent of each other, at a mean rate. */
final class Arrivals {

  private static final long SEED = 20261104;
  private static final double NANOS = 1e9;

  private Arrivals() {}

  /**
   * Arrivals of a Poisson process. The same arguments give the same times.
   *
   * @param round has arrivals of its own, or a median of rounds would be that of one draw
   * @param perSecond mean rate
   * @param duration how long texts arrive; at least one does
   * @return nanoseconds after the start, ascending
   */
  static long[] poisson(int round, double perSecond, Duration duration) {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("A rate is above 0, not " + perSecond + ".");
    }
    SplittableRandom random = new SplittableRandom(SEED + round);
    int count = (int) Math.max(1, perSecond * duration.toNanos() / NANOS);
    double[] time = new double[1];
    return LongStream.generate(
            () -> {
              time[0] += -Math.log(1 - random.nextDouble()) * NANOS / perSecond;
              return (long) time[0];
            })
        .limit(count)
        .toArray();
  }
}
