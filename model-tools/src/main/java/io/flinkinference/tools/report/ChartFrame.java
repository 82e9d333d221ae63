package io.flinkinference.tools.report;

import java.util.Locale;

/**
 * What all pictures have: the element around them, what they say to who cannot see them, labels.
 */
final class ChartFrame {

  private ChartFrame() {}

  /** Begins a picture; the caller closes it. */
  static void open(Plot plot, ChartSize size, String id, double height, Markup out) {
    out.open(
        "svg",
        "class",
        "chart " + size.css(),
        "viewBox",
        String.format(Locale.ROOT, "0 0 %d %.0f", size.width(), height),
        "role",
        "img",
        "aria-labelledby",
        id + "-title " + id + "-desc",
        "font-size",
        size.font());
    out.element("title", plot.title(), "id", id + "-title");
    out.element("desc", description(plot), "id", id + "-desc");
  }

  /** A label of an axis. */
  static void label(String text, double x, double y, String anchor, Markup out) {
    out.element("text", text, "class", "label", "x", x, "y", y, "text-anchor", anchor);
  }

  /** A value at an axis: in full below a million, for it is round. */
  static String tick(double value) {
    double size = Math.abs(value);
    if (size >= 1e6) {
      return Numbers.format(value / 1e6).replaceAll("\\.?0+$", "") + " M";
    }
    String text = Numbers.fixed(value, 6);
    return text.replaceAll("0+$", "").replaceAll("\\.$", "");
  }

  private static String description(Plot plot) {
    StringBuilder text = new StringBuilder(plot.yLabel()).append(". ");
    for (Series series : plot.series()) {
      text.append(series.name()).append(": ");
      String separator = "";
      for (Series.Point point : series.points()) {
        text.append(separator).append(Numbers.format(point.y()));
        if (plot.kind() != Plot.Kind.LINES) {
          text.append(" for ").append(point.label());
        }
        if (plot.kind() != Plot.Kind.BARS) {
          text.append(" at ").append(tick(point.x()));
        }
        separator = ", ";
      }
      text.append(". ");
    }
    return text.toString().strip();
  }
}
