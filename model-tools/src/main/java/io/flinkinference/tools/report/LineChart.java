package io.flinkinference.tools.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Draws a line with marks through the points of each series, named at its end where there is room.
 */
final class LineChart {

  private static final double NAME_SHARE = 0.3;
  private static final double NAME_GAP = 16;

  private final Plot plot;
  private final ChartSize size;
  private final Markup out;
  private final List<Look> looks;
  private final Grid grid;
  private final boolean namesAtEnd;

  private LineChart(Plot plot, ChartSize size, Markup out) {
    this.plot = plot;
    this.size = size;
    this.out = out;
    this.looks = Look.of(plot.series().stream().map(Series::name).toList());
    List<Double> xs = new ArrayList<>();
    List<Double> ys = new ArrayList<>();
    for (Series series : plot.series()) {
      series.points().forEach(point -> xs.add(point.x()));
      series.points().forEach(point -> ys.add(point.y()));
    }
    boolean wide = size == ChartSize.WIDE;
    this.namesAtEnd = wide && hasNamesAtEnd(plot);
    this.grid =
        Grid.of(
            Axis.ofSettings(xs, plot.logarithmicX(), wide ? 12 : 7),
            Axis.ofMeasures(ys, plot.logarithmicY(), wide ? 6 : 5),
            size,
            namesAtEnd ? widestName(plot) + NAME_GAP : 18,
            wide ? 300 : 230);
  }

  /** Whether the wide picture names its lines itself, so that it needs no legend. */
  static boolean hasNamesAtEnd(Plot plot) {
    return plot.series().size() > 1
        && widestName(plot) + NAME_GAP <= NAME_SHARE * ChartSize.WIDE.width();
  }

  private static double widestName(Plot plot) {
    return plot.series().stream()
        .mapToDouble(series -> ChartSize.WIDE.widthOf(series.name()))
        .max()
        .orElse(0);
  }

  /** Draws a plot. */
  static void draw(Plot plot, ChartSize size, String id, Markup out) {
    LineChart chart = new LineChart(plot, size, out);
    ChartFrame.open(plot, size, id, chart.grid.height(), out);
    chart.drawAll();
    out.close();
  }

  private void drawAll() {
    grid.draw(plot, out);
    for (int i = plot.series().size() - 1; i >= 0; i--) {
      drawSeries(plot.series().get(i), looks.get(i));
    }
    if (namesAtEnd) {
      drawNames();
    }
  }

  private List<Series.Point> visible(Series series) {
    return series.points().stream()
        .filter(p -> Double.isFinite(p.x()) && Double.isFinite(p.y()))
        .filter(p -> !plot.logarithmicX() || p.x() > 0)
        .filter(p -> !plot.logarithmicY() || p.y() > 0)
        .toList();
  }

  private void drawSeries(Series series, Look look) {
    List<Series.Point> points = visible(series);
    grid.line(points, look.colour() + (look.own() ? " own" : ""), look.dashes(), out);
    for (Series.Point point : points) {
      String text = Numbers.format(point.y()) + " at " + ChartFrame.tick(point.x());
      look.mark(out, grid.x(point.x()), grid.y(point.y()), series.name() + ": " + text);
    }
  }

  /** Names stand beside the last points, moved apart where these are close. */
  private void drawNames() {
    List<Name> names = new ArrayList<>();
    for (int i = 0; i < plot.series().size(); i++) {
      List<Series.Point> points = visible(plot.series().get(i));
      if (!points.isEmpty()) {
        Series.Point last = points.get(points.size() - 1);
        names.add(
            new Name(
                plot.series().get(i).name(), looks.get(i), grid.x(last.x()), grid.y(last.y())));
      }
    }
    names.sort((a, b) -> Double.compare(a.y, b.y));
    double[] places =
        spread(names.stream().mapToDouble(Name::y).toArray(), size.font() + 3.0, grid.bottom());
    for (int i = 0; i < places.length; i++) {
      Name name = names.get(i);
      double start = grid.right() + 10;
      if (Math.abs(places[i] - name.y) > 3 || name.x < grid.right() - 1) {
        out.empty(
            "line",
            "class",
            "leader",
            "x1",
            name.x + 6,
            "y1",
            name.y,
            "x2",
            start,
            "y2",
            places[i]);
      }
      out.element(
          "text",
          name.text,
          "class",
          "ending " + name.look.colour() + (name.look.own() ? " own" : ""),
          "x",
          start + 2,
          "y",
          places[i] + size.font() * 0.35);
    }
  }

  /** Moves ascending places down until none is too near to the one before, then up from the end. */
  static double[] spread(double[] places, double distance, double end) {
    double[] spread = places.clone();
    for (int i = 1; i < spread.length; i++) {
      spread[i] = Math.max(spread[i], spread[i - 1] + distance);
    }
    double limit = end;
    for (int i = spread.length - 1; i >= 0 && spread[i] > limit; i--) {
      spread[i] = limit;
      limit -= distance;
    }
    return spread;
  }

  private record Name(String text, Look look, double x, double y) {}
}
