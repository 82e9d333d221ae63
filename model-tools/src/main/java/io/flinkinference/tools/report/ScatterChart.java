package io.flinkinference.tools.report;

import java.util.ArrayList;
import java.util.List;

/** Draws points with their names; a line joins those of the first series. */
final class ScatterChart {

  private static final double GAP = 9;

  private final ChartSize size;
  private final Markup out;
  private final Grid grid;
  private final List<double[]> taken = new ArrayList<>();

  private ScatterChart(Plot plot, ChartSize size, Markup out) {
    this.size = size;
    this.out = out;
    List<Double> xs = new ArrayList<>();
    List<Double> ys = new ArrayList<>();
    for (Series series : plot.series()) {
      series.points().forEach(point -> xs.add(point.x()));
      series.points().forEach(point -> ys.add(point.y()));
    }
    boolean wide = size == ChartSize.WIDE;
    this.grid =
        Grid.of(
            Axis.ofMeasures(xs, plot.logarithmicX(), wide ? 8 : 5),
            Axis.around(ys, 5),
            size,
            18,
            wide ? 320 : 260);
  }

  static void draw(Plot plot, ChartSize size, String id, Markup out) {
    ScatterChart chart = new ScatterChart(plot, size, out);
    ChartFrame.open(plot, size, id, chart.grid.height(), out);
    chart.grid.draw(plot, out);
    List<Look> looks = Look.of(plot.series().stream().map(Series::name).toList());
    chart.grid.line(plot.series().get(0).points(), looks.get(0).colour(), "2 3", out);
    for (int i = 0; i < looks.size(); i++) {
      chart.drawMarks(plot.series().get(i), looks.get(i));
    }
    plot.series().forEach(series -> series.points().forEach(chart::drawName));
    out.close();
  }

  private void drawMarks(Series series, Look look) {
    for (Series.Point point : series.points()) {
      String text =
          point.label() + ": " + Numbers.format(point.y()) + " at " + Numbers.format(point.x());
      look.mark(out, grid.x(point.x()), grid.y(point.y()), text);
      taken.add(box(grid.x(point.x()) - 5, grid.y(point.y()), 10));
    }
  }

  /** A name stands beside its point, where there is most room, and under no other name. */
  private void drawName(Series.Point point) {
    double width = size.widthOf(point.label());
    double x = grid.x(point.x());
    boolean toTheRight = x + GAP + width <= grid.right();
    double start =
        toTheRight ? x + GAP : Math.max(grid.left(), Math.min(x, grid.right()) - GAP - width);
    double y = grid.y(point.y()) + size.font() * 0.35;
    while (collides(start, y, width) && y < grid.bottom() - size.font()) {
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
