package io.flinkinference.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of values. */
final class Values {

  private Values() {}

  /** Writes the values of a way to use the chart, with others over them. */
  static Path write(Path file, String way, String over) throws IOException {
    return write(file, way, Documents.YAML.readTree(over));
  }

  /** The same with values that are read. */
  static Path write(Path file, String way, JsonNode over) throws IOException {
    Files.writeString(file, Files.readString(Chart.values(way)));
    merge(file, over);
    return file;
  }

  /** Puts what the other file says over the first one, as Helm does. */
  static void merge(Path file, JsonNode over) throws IOException {
    JsonNode values = Documents.YAML.readTree(Files.readString(file));
    merge(values, over);
    Files.writeString(file, Documents.YAML.writeValueAsString(values));
  }

  private static void merge(JsonNode values, JsonNode over) {
    over.properties()
        .forEach(
            entry -> {
              JsonNode own = values.get(entry.getKey());
              if (own != null && own.isObject() && entry.getValue().isObject()) {
                merge(own, entry.getValue());
              } else {
                ((ObjectNode) values).set(entry.getKey(), entry.getValue());
              }
            });
  }
}
