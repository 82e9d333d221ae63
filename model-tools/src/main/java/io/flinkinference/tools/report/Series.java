package io.flinkinference.tools.report;

import java.util.List;

/**
 * A row of points in a plot.
 *
 * @param name in the legend
 * @param points in the order of x
 */
public record Series(String name, List<Point> points) {

  public Series {
    points = List.copyOf(points);
  }

  /**
   * A point.
   *
   * @param label name of a bar; empty in a plot of lines
   * @param x ignored for bars
   * @param y the value
   */
  public record Point(String label, double x, double y) {}
}
