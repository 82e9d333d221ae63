package io.flinkinference.tools.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Reports as one page that needs nothing beside itself: no script, no font, no picture from
 * elsewhere. Headline figures first, then pictures, then the numbers behind them, then the machine.
 */
public final class HtmlReport {

  /** More headlines than these are no headlines. */
  private static final int HEADLINES = 6;

  /** Longer tables are opened by a click, where a picture stands for them. */
  private static final int SHORT_TABLE = 12;

  private static final String PROJECT = "flink-inference";

  private final Markup out = new Markup();
  private int plots;

  private HtmlReport() {}

  /**
   * Writes a page.
   *
   * @throws IOException if the file cannot be written
   */
  public static void write(List<Report> reports, Machine machine, Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, page(reports, machine));
  }

  /** The page, which is XML as well. */
  static String page(List<Report> reports, Machine machine) throws IOException {
    HtmlReport page = new HtmlReport();
    page.writePage(reports, machine);
    return "<!DOCTYPE html>\n" + page.out.finish() + "\n";
  }

  private void writePage(List<Report> reports, Machine machine) throws IOException {
    boolean single = reports.size() == 1;
    String title = single ? reports.get(0).title() : "Benchmarks of " + PROJECT;
    out.open("html", "lang", "en").open("head");
    out.empty("meta", "charset", "utf-8");
    out.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    out.empty("meta", "name", "color-scheme", "content", "light dark");
    out.element("title", title + " - " + PROJECT);
    out.open("style").raw(styleSheet()).close().close();
    out.open("body").open("header");
    out.element("p", PROJECT, "class", "project");
    out.element("h1", title);
    out.open("p", "class", "machine");
    Map<String, String> facts = MachineFacts.of(machine);
    out.text(String.join(" · ", facts.values().stream().limit(3).toList()) + " · ");
    out.element("a", "the whole machine", "href", "#machine").close();
    if (!single) {
      writeContents(reports);
    }
    out.close().open("main");
    for (Report report : reports) {
      writeReport(report, single);
    }
    out.close().open("footer").element("h2", "Machine", "id", "machine");
    writePairs(facts);
    out.close().close().close();
  }

  private void writeContents(List<Report> reports) {
    out.open("nav", "aria-label", "Benchmarks").open("ul");
    for (Report report : reports) {
      out.open("li").element("a", report.title(), "href", "#" + anchor(report)).close();
    }
    out.close().close();
  }

  private void writeReport(Report report, boolean single) {
    out.open("section", "class", "report", "id", anchor(report));
    if (!single) {
      out.element("h2", report.title());
    }
    List<Map.Entry<String, Object>> figures = List.copyOf(report.figures().entrySet());
    out.open("dl", "class", "headlines");
    for (Map.Entry<String, Object> figure : figures.stream().limit(HEADLINES).toList()) {
      String value = Numbers.format(figure.getValue());
      out.open("div").element("dt", Words.of(figure.getKey()));
      out.element("dd", value, "class", value.length() > 10 ? "long" : "short").close();
    }
    out.close();
    if (figures.size() > HEADLINES) {
      out.open("details", "class", "more").element("summary", "All figures").open("dl");
      for (Map.Entry<String, Object> figure : figures) {
        out.open("div").element("dt", Words.of(figure.getKey()));
        out.element("dd", Numbers.format(figure.getValue())).close();
      }
      out.close().close();
    }
    for (Section section : report.sections()) {
      writeSection(section, single ? "h2" : "h3");
    }
    out.close();
  }

  private void writeSection(Section section, String heading) {
    out.open("section", "class", "part").element(heading, section.title());
    section.text().lines().forEach(paragraph -> out.element("p", paragraph));
    if (!section.plots().isEmpty()) {
      boolean alone = section.plots().size() == 1;
      out.open("div", "class", alone ? "plots one" : "plots several");
      for (Plot plot : section.plots()) {
        HtmlPlot.write(plot, "p" + plots++, alone, out);
      }
      out.close();
    }
    int rows = section.table().rows().size();
    if (rows > SHORT_TABLE && !section.plots().isEmpty()) {
      out.open("details").element("summary", "The numbers (" + rows + " rows)");
      HtmlTable.write(section.table(), section.title(), out);
      out.close();
    } else if (!section.table().columns().isEmpty()) {
      HtmlTable.write(section.table(), section.title(), out);
    }
    out.close();
  }

  private void writePairs(Map<String, String> pairs) {
    out.open("dl", "class", "facts");
    for (Map.Entry<String, String> pair : pairs.entrySet()) {
      out.open("div").element("dt", Words.of(pair.getKey())).element("dd", pair.getValue()).close();
    }
    out.close();
  }

  private static String anchor(Report report) {
    return "report-" + report.name();
  }

  private static String styleSheet() throws IOException {
    try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
