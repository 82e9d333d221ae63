package io.flinkinference.benchmarks.report;

import java.io.PrintWriter;
import java.util.List;

/** Writes a report for a terminal. */
public final class TextReport {

  private TextReport() {}

  /** Prints the report. */
  public static void write(Report report, Machine machine, PrintWriter out) {
    out.println(report.title());
    out.println(machine);
    report.figures().forEach((name, value) -> out.println(name + " = " + value));
    for (Section section : report.sections()) {
      out.println();
      out.println(section.title());
      out.println(section.text());
      out.println(section.table().columns());
      for (List<Object> row : section.table().rows()) {
        out.println(row);
      }
    }
    out.flush();
  }
}
