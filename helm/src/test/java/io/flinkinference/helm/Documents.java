package io.flinkinference.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.List;

/** The documents of a rendered chart. */
final class Documents {

  static final YAMLMapper YAML = new YAMLMapper();

  private Documents() {}

  static List<JsonNode> of(String yaml) throws IOException {
    try (MappingIterator<JsonNode> all = YAML.readerFor(JsonNode.class).readValues(yaml)) {
      return all.readAll().stream().filter(JsonNode::isObject).toList();
    }
  }

  /** The only one of its kind and end of its name. */
  static JsonNode one(String way, String kind, String nameEnd) throws IOException {
    return of(Chart.render(way)).stream()
        .filter(document -> document.get("kind").asText().equals(kind))
        .filter(document -> document.at("/metadata/name").asText().endsWith(nameEnd))
        .findFirst()
        .orElseThrow(() -> new AssertionError(way + " has no " + kind + " " + nameEnd));
  }
}
