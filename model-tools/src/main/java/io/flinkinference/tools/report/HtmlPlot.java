package io.flinkinference.tools.report;

import java.util.List;

/** A picture with its title and legend, in the sizes in which it may be shown. */
final class HtmlPlot {

  private HtmlPlot() {}

  /**
   * @param id unique in the page
   * @param alone whether it has the whole width of a wide page
   */
  static void write(Plot plot, String id, boolean alone, Markup out) {
    out.open("figure", "class", alone ? "plot alone" : "plot");
    out.element("figcaption", plot.title());
    if (plot.series().size() > 1) {
      writeLegend(plot, id, out);
    }
    if (alone) {
      draw(plot, ChartSize.WIDE, id + "w", out);
    }
    draw(plot, ChartSize.NARROW, id + "n", out);
    out.close();
  }

  private static void draw(Plot plot, ChartSize size, String id, Markup out) {
    switch (plot.kind()) {
      case BARS -> BarChart.draw(plot, size, id, out);
      case LINES -> LineChart.draw(plot, size, id, out);
      case POINTS -> ScatterChart.draw(plot, size, id, out);
    }
  }

  private static void writeLegend(Plot plot, String id, Markup out) {
    boolean lines = plot.kind() == Plot.Kind.LINES;
    boolean spare = lines && LineChart.hasNamesAtEnd(plot);
    List<Look> looks = Look.of(plot.series().stream().map(Series::name).toList());
    out.open("ul", "class", spare ? "legend spare" : "legend");
    for (int i = 0; i < looks.size(); i++) {
      Look look = looks.get(i);
      out.open("li").open("svg", "viewBox", "0 0 30 14", "aria-hidden", "true");
      if (lines) {
        out.empty(
            "polyline",
            "class",
            "line " + look.colour(),
            "stroke-dasharray",
            look.dashes(),
            "points",
            "0,7 30,7");
        look.mark(out, 15, 7, plot.series().get(i).name());
      } else if (plot.kind() == Plot.Kind.POINTS) {
        look.mark(out, 15, 7, plot.series().get(i).name());
      } else {
        look.defineHatching(out, id + "l");
        look.bar(out, id + "l", 0, 1, 30, 12);
      }
      out.close().text(plot.series().get(i).name()).close();
    }
    out.close();
  }
}
