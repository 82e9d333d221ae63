package io.flinkinference.tools.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws points with their names; a line joins those of the first series. */
final class ScatterChart {

  private static final double GAP = 9;

  private final Plot plot;
  private final ChartSize size;
  private final Markup out;
  private final Axis horizontal;
  private final Axis vertical;
  private final double left;
  private final double right;
  private final double top;
  private final double bottom;
  private final List<double[]> taken = new ArrayList<>();

  private ScatterChart(Plot plot, ChartSize size, Markup out) {
    this.plot = plot;
    this.size = size;
    this.out = out;
    List<Double> xs = new ArrayList<>();
    List<Double> ys = new ArrayList<>();
    for (Series series : plot.series()) {
      series.points().forEach(point -> xs.add(point.x()));
      series.points().forEach(point -> ys.add(point.y()));
    }
    boolean wide = size == ChartSize.WIDE;
    this.horizontal = Axis.ofMeasures(xs, plot.logarithmicX(), wide ? 8 : 5);
    this.vertical = Axis.around(ys, 5);
    this.left =
        10
            + vertical.ticks().stream()
                .mapToDouble(tick -> size.widthOf(ChartFrame.tick(tick)))
                .max()
                .orElse(0);
    this.right = size.width() - 18.0;
    this.top = size.font() + 12.0;
    this.bottom = top + (wide ? 320 : 260);
  }

  static void draw(Plot plot, ChartSize size, String id, Markup out) {
    ScatterChart chart = new ScatterChart(plot, size, out);
    ChartFrame.open(plot, size, id, chart.bottom + 2 * size.font() + 14, out);
    chart.drawAxes();
    List<Look> looks = Look.of(plot.series().stream().map(Series::name).toList());
    chart.drawLine(plot.series().get(0), looks.get(0));
    for (int i = 0; i < looks.size(); i++) {
      chart.drawMarks(plot.series().get(i), looks.get(i));
    }
    plot.series().forEach(series -> series.points().forEach(chart::drawName));
    out.close();
  }

  private double x(double value) {
    return left + horizontal.at(value) * (right - left);
  }

  private double y(double value) {
    return bottom - vertical.at(value) * (bottom - top);
  }

  private void drawAxes() {
    for (double tick : vertical.ticks()) {
      double y = y(tick);
      out.empty("line", "class", "grid", "x1", left, "x2", right, "y1", y, "y2", y);
      tick(tick, left - 6, y + size.font() * 0.35, "end");
    }
    for (double tick : horizontal.ticks()) {
      double x = x(tick);
      out.empty("line", "class", "axis", "x1", x, "x2", x, "y1", bottom, "y2", bottom + 5);
      tick(tick, x, bottom + size.font() + 6, "middle");
    }
    out.empty("line", "class", "axis", "x1", left, "x2", right, "y1", bottom, "y2", bottom);
    ChartFrame.label(plot.yLabel(), 0, size.font() - 2.0, "start", out);
    ChartFrame.label(plot.xLabel(), right, bottom + 2 * size.font() + 9, "end", out);
  }

  private void tick(double value, double x, double y, String anchor) {
    out.element(
        "text", ChartFrame.tick(value), "class", "tick", "x", x, "y", y, "text-anchor", anchor);
  }

  private void drawLine(Series series, Look look) {
    StringBuilder points = new StringBuilder();
    for (Series.Point point : series.points()) {
      points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(point.x()), y(point.y())));
    }
    out.empty(
        "polyline",
        "class",
        "line " + look.colour(),
        "stroke-dasharray",
        "2 3",
        "points",
        points.toString().strip());
  }

  private void drawMarks(Series series, Look look) {
    for (Series.Point point : series.points()) {
      String text =
          point.label() + ": " + Numbers.format(point.y()) + " at " + Numbers.format(point.x());
      look.mark(out, x(point.x()), y(point.y()), text);
      taken.add(box(x(point.x()) - 5, y(point.y()), 10));
    }
  }

  /** A name stands beside its point, where there is most room, and under no other name. */
  private void drawName(Series.Point point) {
    double width = size.widthOf(point.label());
    double x = x(point.x());
    boolean toTheRight = x + GAP + width <= right;
    double start = toTheRight ? x + GAP : Math.max(left, Math.min(x, right) - GAP - width);
    double y = y(point.y()) + size.font() * 0.35;
    while (collides(start, y, width) && y < bottom - size.font()) {
      y += size.font() * 0.5;
    }
    taken.add(box(start, y, width));
    out.element("text", point.label(), "class", "tick", "x", start, "y", y);
  }

  private boolean collides(double start, double y, double width) {
    double[] box = box(start, y, width);
    return taken.stream()
        .anyMatch(
            other ->
                box[0] < other[1] && other[0] < box[1] && Math.abs(box[2] - other[2]) < box[3]);
  }

  private double[] box(double start, double y, double width) {
    return new double[] {start, start + width, y, size.font()};
  }
}
