package io.flinkinference.examples.demo;

import java.util.Random;

/**
 * When records are due: at random, as from many senders that know nothing of each other (a Poisson
 * process), and laid down beforehand. A record's waiting time counts from its due time, so that a
 * system that makes the sender wait cannot hide it.
 *
 * <p>Owned by one thread. The same seed gives the same arrivals.
 */
final class Arrivals {

  private final double meanGapNanos;
  private final Random random;
  private double dueNanos;

  /**
   * @param perSecond mean rate, above 0
   * @param seed of the arrivals
   */
  Arrivals(double perSecond, long seed) {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("A rate is above 0, not " + perSecond + ".");
    }
    this.meanGapNanos = 1e9 / perSecond;
    this.random = new Random(seed);
  }

  /** Nanoseconds from the start to the next arrival. */
  long nextNanos() {
    dueNanos += -Math.log(1 - random.nextDouble()) * meanGapNanos;
    return (long) dueNanos;
  }
}
