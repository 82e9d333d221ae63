package io.flinkinference.reliability.rig;

/**
 * The line that fits points best, by least squares.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
public final class Slope {

  private static final double NANOS_A_MINUTE = 60e9;

  private long startNanos;
  private int points;
  private double sumX;
  private double sumY;
  private double sumXx;
  private double sumXy;

  /**
   * Adds a value.
   *
   * @param atNanos when it was read, by {@link System#nanoTime}
   */
  public void add(long atNanos, long value) {
    if (points == 0) {
      startNanos = atNanos;
    }
    double minutes = (atNanos - startNanos) / NANOS_A_MINUTE;
    points++;
    sumX += minutes;
    sumY += value;
    sumXx += minutes * minutes;
    sumXy += minutes * value;
  }

  /** How much the value grows in a minute; 0 for fewer than two points. */
  public double perMinute() {
    double spread = points * sumXx - sumX * sumX;
    return spread <= 0 ? 0 : (points * sumXy - sumX * sumY) / spread;
  }
}
