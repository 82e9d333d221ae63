package io.flinkinference.tools.report;

import java.io.PrintWriter;
import java.util.Map;

/** A report for a terminal of 100 columns: the figures first, then the tables, then the machine. */
public final class TextReport {

  static final int WIDTH = 100;

  private TextReport() {}

  /** Prints a report. */
  public static void write(Report report, Machine machine, PrintWriter out) {
    out.println(report.title());
    out.println("=".repeat(Math.min(WIDTH, report.title().length())));
    out.println();
    pairs(report.figures(), true, out);
    for (Section section : report.sections()) {
      out.println();
      out.println(section.title());
      out.println("-".repeat(Math.min(WIDTH, section.title().length())));
      section
          .text()
          .lines()
          .forEach(paragraph -> TextTable.wrap(paragraph, WIDTH).forEach(out::println));
      if (!section.table().columns().isEmpty()) {
        TextTable.lines(section.table(), WIDTH).forEach(out::println);
      }
    }
    out.println();
    out.println("Machine");
    out.println("-------");
    pairs(MachineFacts.of(machine), false, out);
    out.flush();
  }

  private static void pairs(Map<String, ?> pairs, boolean figures, PrintWriter out) {
    int widest = 0;
    for (String name : pairs.keySet()) {
      widest = Math.max(widest, Words.of(name).length());
    }
    for (Map.Entry<String, ?> pair : pairs.entrySet()) {
      String name = Words.of(pair.getKey());
      String value = figures ? Numbers.format(pair.getValue()) : String.valueOf(pair.getValue());
      out.println(name + " ".repeat(widest - name.length() + 2) + value);
    }
  }
}
