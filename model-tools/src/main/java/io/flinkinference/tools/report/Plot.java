package io.flinkinference.tools.report;

import java.util.List;

/**
 * A picture of numbers.
 *
 * @param title what it shows
 * @param kind bars for things, lines for curves
 * @param xLabel of the horizontal axis, with its unit
 * @param yLabel of the vertical axis, with its unit
 * @param logarithmicX whether the horizontal axis is logarithmic
 * @param logarithmicY whether the vertical axis is logarithmic
 * @param series what is drawn
 */
public record Plot(
    String title,
    Kind kind,
    String xLabel,
    String yLabel,
    boolean logarithmicX,
    boolean logarithmicY,
    List<Series> series) {

  /** How numbers are drawn. */
  public enum Kind {
    /** A bar for each name. */
    BARS,
    /** A line through the points of each series. */
    LINES,
    /** A point for each name; those of the first series are joined. */
    POINTS
  }

  public Plot {
    series = List.copyOf(series);
  }
}
