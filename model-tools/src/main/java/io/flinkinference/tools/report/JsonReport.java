package io.flinkinference.tools.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A report for programs: one JSON object with the name of the benchmark, its figures under their
 * own names, the machine, and all tables with unrounded numbers. Plots are left out, for they hold
 * nothing that the tables do not.
 */
public final class JsonReport {

  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonReport() {}

  /**
   * Writes a report.
   *
   * @throws IOException if the file cannot be written
   * @throws IllegalArgumentException if a figure has a name that the object uses itself
   */
  public static void write(Report report, Machine machine, Path file) throws IOException {
    write(node(report, machine), file);
  }

  /**
   * Writes an object that holds {@code error} instead: why there is no report.
   *
   * @throws IOException if the file cannot be written
   */
  public static void writeError(String error, Path file) throws IOException {
    write(JSON.createObjectNode().put("error", error), file);
  }

  private static void write(ObjectNode root, Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
  }

  private static ObjectNode node(Report report, Machine machine) {
    ObjectNode root = JSON.createObjectNode();
    root.put("benchmark", report.name());
    root.put("title", report.title());
    ObjectNode facts = JSON.valueToTree(machine);
    ArrayNode sections = JSON.createArrayNode();
    for (Section section : report.sections()) {
      ObjectNode node = sections.addObject();
      node.put("title", section.title());
      node.put("text", section.text());
      node.set("table", JSON.valueToTree(section.table()));
    }
    for (Map.Entry<String, Object> figure : report.figures().entrySet()) {
      put(root, figure.getKey(), JSON.valueToTree(figure.getValue()));
    }
    put(root, "machine", facts);
    put(root, "sections", sections);
    return root;
  }

  private static void put(ObjectNode root, String name, JsonNode value) {
    if (root.has(name)) {
      throw new IllegalArgumentException(
          "The report has a figure named \"" + name + "\", which the JSON object uses itself.");
    }
    root.set(name, value);
  }
}
