package io.flinkinference.examples.figures;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flinkinference.result.ModelStamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A summary as JSON, for programs. Latency is that of the paced phase, throughput the other's. */
public final class SummaryJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private SummaryJson() {}

  /** Writes a summary to a file. */
  public static void write(Summary summary, Path file) throws IOException {
    Files.writeString(file, of(summary) + System.lineSeparator());
  }

  static String of(Summary summary) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("produced", summary.produced());
    root.put("scored", summary.scored());
    root.put("missing", summary.missing());
    root.put("duplicates", summary.duplicates());
    root.put("deadLettered", summary.deadLettered());
    root.put("recordsPerSecond", rounded(summary.flatOut().recordsPerSecond(), 10));
    Latency latency = summary.paced().toResult();
    root.putObject("latencyMillis")
        .put("p50", latency == null ? null : latency.p50Millis())
        .put("p99", latency == null ? null : latency.p99Millis());
    root.putObject("batch")
        .put("meanRows", rounded(summary.batches().meanRows(), 100))
        .put("paddingRatio", rounded(summary.batches().paddingRatio(), 1000));
    ModelStamp model = summary.model();
    if (model == null) {
      root.putNull("model");
    } else {
      root.putObject("model")
          .put("name", model.name())
          .put("sha256", model.sha256())
          .put("precision", model.precision())
          .put("device", model.device());
    }
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
  }

  private static double rounded(double value, int steps) {
    return Math.rint(value * steps) / steps;
  }
}
