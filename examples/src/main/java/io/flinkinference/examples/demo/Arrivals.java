package io.flinkinference.examples.demo;

import java.util.SplittableRandom;

/**
 * When records are due: at random, as from many senders that know nothing of each other (a Poisson
 * process), and laid down beforehand. A record's waiting time counts from its due time, so that a
 * system that makes the sender wait cannot hide it.
 *
 * <p>Owned by one thread. The same seed gives the same arrivals.
 */
public final class Arrivals {

  private final double meanGapNanos;
  private final SplittableRandom random;
  private double dueNanos;

  /**
   * @param perSecond mean rate, above 0
   * @param seed of the arrivals
   */
  public Arrivals(double perSecond, long seed) {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("A rate is above 0, not " + perSecond + ".");
    }
    this.meanGapNanos = 1e9 / perSecond;
    this.random = new SplittableRandom(seed);
  }

  /** Nanoseconds from the start to the next arrival. */
  public long nextNanos() {
    dueNanos += -Math.log(1 - random.nextDouble()) * meanGapNanos;
    return (long) dueNanos;
  }
}
