package io.flinkinference.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes reports as a page. */
public final class HtmlReport {

  private HtmlReport() {}

  /** Writes the file. */
  public static void write(List<Report> reports, Machine machine, Path file) throws IOException {
    Files.writeString(file, "<pre>" + reports + machine + "</pre>");
  }
}
