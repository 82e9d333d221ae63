package io.flinkinference.benchmarks.latency;

import io.flinkinference.benchmarks.peers.Peer;
import java.util.List;

/**
 * A side with a load.
 *
 * @param load in percent of the capacity that the load goes by
 * @param perSecond arrivals
 * @param capacity texts in a second that this side can do
 */
record LoadedSide(Peer side, int load, double perSecond, double capacity) {

  /** Above this share of its capacity a side is not run. */
  private static final double FAR_BEYOND = 1.5;

  private static final double PERCENT = 100;

  /**
   * A side under a share of a capacity.
   *
   * @param of that capacity, the side's own or another's
   */
  static LoadedSide of(Peer side, int load, double of, double capacity) {
    return new LoadedSide(side, load, load / PERCENT * of, capacity);
  }

  boolean isFarBeyond() {
    return perSecond > FAR_BEYOND * capacity;
  }

  Point point(List<Percentiles> rounds) {
    return new Point(side.name(), load, perSecond, capacity, rounds);
  }
}
