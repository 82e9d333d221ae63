package io.flinkinference.tools.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Draws bars that lie, so that long names have room, with the value at the end of each. */
final class BarChart {

  private static final double GAP = 14;
  private static final double VALUE_ROOM = 64;
  private static final double LABEL_SHARE = 0.36;

  private final Plot plot;
  private final ChartSize size;
  private final String id;
  private final Markup out;
  private final List<String> labels;
  private final List<Look> looks;
  private final int decimals;
  private final boolean labelsLeft;
  private final double left;
  private final double right;
  private final double barHeight;
  private final Axis axis;

  private BarChart(Plot plot, ChartSize size, String id, Markup out) {
    this.plot = plot;
    this.size = size;
    this.id = id;
    this.out = out;
    Set<String> names = new LinkedHashSet<>();
    List<Double> values = new ArrayList<>();
    for (Series series : plot.series()) {
      for (Series.Point point : series.points()) {
        names.add(point.label());
        values.add(point.y());
      }
    }
    this.labels = List.copyOf(names);
    this.looks = Look.of(plot.series().stream().map(Series::name).toList());
    this.decimals = Numbers.commonDecimals(values);
    if (plot.logarithmicY()) {
      // The shortest bar has a length too.
      values.stream().filter(y -> y > 0).min(Double::compare).ifPresent(y -> values.add(y / 2));
    }
    double widest = labels.stream().mapToDouble(size::widthOf).max().orElse(0);
    this.labelsLeft = widest <= LABEL_SHARE * size.width();
    this.left = labelsLeft ? widest + 10 : 1;
    this.right = size.width() - VALUE_ROOM;
    this.barHeight = plot.series().size() == 1 ? 22 : 16;
    this.axis = Axis.ofMeasures(values, plot.logarithmicY(), size == ChartSize.WIDE ? 6 : 4);
  }

  /** Draws a plot. */
  static void draw(Plot plot, ChartSize size, String id, Markup out) {
    new BarChart(plot, size, id, out).draw();
  }

  private double groupHeight() {
    return barHeight * plot.series().size() + (labelsLeft ? 0 : size.font() + 5);
  }

  private double x(double value) {
    return left + axis.at(value) * (right - left);
  }

  private void draw() {
    double bottom = 4 + labels.size() * (groupHeight() + GAP);
    ChartFrame.open(plot, size, id, bottom + 2 * size.font() + 16, out);
    looks.forEach(look -> look.defineHatching(out, id));
    for (double tick : axis.ticks()) {
      double x = x(tick);
      out.empty("line", "class", "grid", "x1", x, "x2", x, "y1", 0, "y2", bottom);
      out.element(
          "text",
          ChartFrame.tick(tick),
          "class",
          "tick",
          "x",
          x,
          "y",
          bottom + size.font() + 4,
          "text-anchor",
          tick == axis.from() ? "start" : "middle");
    }
    double base = x(Math.max(0, axis.from()));
    out.empty("line", "class", "axis", "x1", base, "x2", base, "y1", 0, "y2", bottom);
    ChartFrame.label(plot.yLabel(), right, bottom + 2 * size.font() + 10, "end", out);
    double y = 4 + GAP / 2;
    for (String label : labels) {
      drawGroup(label, y);
      y += groupHeight() + GAP;
    }
    out.close();
  }

  private void drawGroup(String label, double top) {
    double first = labelsLeft ? top : top + size.font() + 5;
    double middle = first + barHeight * plot.series().size() / 2;
    out.element(
        "text",
        label,
        "class",
        Look.isOwn(label) ? "name own" : "name",
        "x",
        labelsLeft ? left - 8 : left,
        "y",
        labelsLeft ? middle + size.font() * 0.35 : top + size.font() - 2,
        "text-anchor",
        labelsLeft ? "end" : "start");
    for (int i = 0; i < plot.series().size(); i++) {
      for (Series.Point point : plot.series().get(i).points()) {
        if (point.label().equals(label)) {
          drawBar(point, look(label, i), plot.series().get(i), first + i * barHeight);
        }
      }
    }
  }

  /** With one series only, the colour tells the project's own bars from the others. */
  private Look look(String label, int series) {
    boolean several = plot.series().size() > 1;
    boolean other = !several && !Look.isOwn(label) && labels.stream().anyMatch(Look::isOwn);
    return other ? Look.OTHER : looks.get(series);
  }

  private void drawBar(Series.Point point, Look look, Series series, double y) {
    double end = x(point.y());
    double base = x(Math.max(0, axis.from()));
    out.open("g");
    out.element("title", point.label() + ", " + series.name() + ": " + value(point.y()));
    double length = Double.isFinite(point.y()) ? Math.max(1, Math.abs(end - base)) : 0;
    look.bar(out, id, Math.min(base, end), y + 1, length, barHeight - 2);
    boolean own = look.own() || Look.isOwn(point.label());
    out.element(
        "text",
        value(point.y()),
        "class",
        own ? "value own" : "value",
        "x",
        Math.max(base, end) + 6,
        "y",
        y + barHeight / 2 + size.font() * 0.35);
    out.close();
  }

  private String value(double y) {
    return decimals < 0 ? Numbers.format(y) : Numbers.fixed(y, decimals);
  }
}
