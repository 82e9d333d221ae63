package io.flinkinference.tools.report;

import java.util.List;
import java.util.Locale;

/**
 * The two axes of a picture and the room between them.
 *
 * @param horizontal what goes from left to right
 * @param vertical what goes from bottom to top
 * @param size of the picture
 * @param left place of the vertical axis
 * @param right place of the horizontal axis's end
 * @param top place of the vertical axis's end
 * @param bottom place of the horizontal axis
 */
record Grid(
    Axis horizontal,
    Axis vertical,
    ChartSize size,
    double left,
    double right,
    double top,
    double bottom) {

  /**
   * Leaves as much room on the left as the vertical axis's numbers take.
   *
   * @param margin on the right
   * @param height between the axes
   */
  static Grid of(Axis horizontal, Axis vertical, ChartSize size, double margin, double height) {
    double ticks =
        vertical.ticks().stream()
            .mapToDouble(tick -> size.widthOf(ChartFrame.tick(tick)))
            .max()
            .orElse(0);
    double top = size.font() + 12.0;
    return new Grid(
        horizontal, vertical, size, ticks + 10, size.width() - margin, top, top + height);
  }

  double x(double value) {
    return left + horizontal.at(value) * (right - left);
  }

  double y(double value) {
    return bottom - vertical.at(value) * (bottom - top);
  }

  /** Of the whole picture, with what stands below the horizontal axis. */
  double height() {
    return bottom + 2 * size.font() + 14;
  }

  void draw(Plot plot, Markup out) {
    for (double tick : vertical.ticks()) {
      double y = y(tick);
      out.empty("line", "class", "grid", "x1", left, "x2", right, "y1", y, "y2", y);
      tick(tick, left - 6, y + size.font() * 0.35, "end", out);
    }
    for (double tick : horizontal.ticks()) {
      double x = x(tick);
      out.empty("line", "class", "axis", "x1", x, "x2", x, "y1", bottom, "y2", bottom + 5);
      tick(tick, x, bottom + size.font() + 6, "middle", out);
    }
    out.empty("line", "class", "axis", "x1", left, "x2", right, "y1", bottom, "y2", bottom);
    ChartFrame.label(plot.yLabel(), 0, size.font() - 2.0, "start", out);
    ChartFrame.label(plot.xLabel(), right, bottom + 2 * size.font() + 9, "end", out);
  }

  /** Draws a line through points. */
  void line(List<Series.Point> points, String look, String dashes, Markup out) {
    StringBuilder places = new StringBuilder();
    for (Series.Point point : points) {
      places.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(point.x()), y(point.y())));
    }
    out.empty(
        "polyline",
        "class",
        "line " + look,
        "stroke-dasharray",
        dashes,
        "points",
        places.toString().strip());
  }

  private static void tick(double value, double x, double y, String anchor, Markup out) {
    out.element(
        "text", ChartFrame.tick(value), "class", "tick", "x", x, "y", y, "text-anchor", anchor);
  }
}
