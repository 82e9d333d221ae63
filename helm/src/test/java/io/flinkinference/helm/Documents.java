package io.flinkinference.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The documents of a rendered chart. */
final class Documents {

  static final YAMLMapper YAML = new YAMLMapper();

  private Documents() {}

  /** What is rendered with more values, which are written to the file. */
  static List<JsonNode> with(Path file, String way, String over) throws IOException {
    return of(Chart.render(Values.write(file, way, over)));
  }

  static List<JsonNode> of(String yaml) throws IOException {
    try (MappingIterator<JsonNode> all = YAML.readerFor(JsonNode.class).readValues(yaml)) {
      return all.readAll().stream().filter(JsonNode::isObject).toList();
    }
  }

  /** The only one of its kind and end of its name. */
  static JsonNode one(String way, String kind, String nameEnd) throws IOException {
    return one(of(Chart.render(way)), kind, nameEnd);
  }

  /** The same among documents. */
  static JsonNode one(List<JsonNode> documents, String kind, String nameEnd) {
    return documents.stream()
        .filter(document -> document.get("kind").asText().equals(kind))
        .filter(document -> document.at("/metadata/name").asText().endsWith(nameEnd))
        .findFirst()
        .orElseThrow(() -> new AssertionError("There is no " + kind + " " + nameEnd));
  }
}
