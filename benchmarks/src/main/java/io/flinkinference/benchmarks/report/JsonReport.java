package io.flinkinference.benchmarks.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Writes a report as JSON. */
public final class JsonReport {

  private JsonReport() {}

  /** Writes the file. */
  public static void write(Report report, Machine machine, Path file) throws IOException {
    new ObjectMapper()
        .writerWithDefaultPrettyPrinter()
        .writeValue(file.toFile(), Map.of("report", report, "machine", machine));
  }
}
