package io.flinkinference.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A value that one rule of the chart's schema forbids.
 *
 * @param values of the chart, with only this one
 */
record WrongValue(JsonNode values) {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** For each rule of the schema one; the job's own has tests of its own. */
  static List<WrongValue> all(JsonNode schema) {
    List<WrongValue> all = new ArrayList<>();
    for (JsonNode wrong : wrong(schema, schema)) {
      all.add(new WrongValue(wrong));
    }
    return all;
  }

  private static List<JsonNode> wrong(JsonNode rule, JsonNode root) {
    if (rule.has("$ref")) {
      String reference = rule.get("$ref").asText();
      return reference.endsWith("/job") ? List.of() : wrong(root.at(reference.substring(1)), root);
    }
    if (rule.has("enum")) {
      return List.of(NODES.textNode("no such value"));
    }
    return switch (rule.path("type").asText()) {
      case "object" -> ofObject(rule, root);
      case "array" -> ofArray(rule, root);
      case "boolean" -> List.of(NODES.textNode("maybe"));
      case "string" -> ofText(rule);
      case "integer", "number" -> ofNumber(rule);
      default -> List.of(NODES.objectNode());
    };
  }

  private static List<JsonNode> ofObject(JsonNode rule, JsonNode root) {
    List<JsonNode> all = new ArrayList<>();
    rule.path("properties")
        .properties()
        .forEach(
            property ->
                wrong(property.getValue(), root)
                    .forEach(value -> all.add(object(property.getKey(), value))));
    JsonNode others = rule.path("additionalProperties");
    if (others.isBoolean()) {
      all.add(object("unheardOf", NODES.textNode("x")));
    } else if (others.isObject()) {
      wrong(others, root).forEach(value -> all.add(object("some", value)));
    }
    if (rule.has("required")) {
      all.add(NODES.objectNode());
    }
    if (rule.path("properties").isEmpty()) {
      all.add(NODES.textNode("no object"));
    }
    return all;
  }

  private static List<JsonNode> ofArray(JsonNode rule, JsonNode root) {
    List<JsonNode> all = new ArrayList<>(List.of(NODES.textNode("no list")));
    wrong(rule.get("items"), root).forEach(value -> all.add(NODES.arrayNode().add(value)));
    return all;
  }

  private static List<JsonNode> ofText(JsonNode rule) {
    List<JsonNode> all = new ArrayList<>(List.of(NODES.numberNode(7)));
    if (rule.has("pattern")) {
      Stream.of("", " ", "no! such:/ thing")
          .filter(text -> !text.matches(".*(" + rule.get("pattern").asText() + ").*"))
          .map(NODES::textNode)
          .forEach(all::add);
    }
    return all;
  }

  private static List<JsonNode> ofNumber(JsonNode rule) {
    List<JsonNode> all = new ArrayList<>(List.of(NODES.textNode("many")));
    if (rule.has("minimum")) {
      all.add(NODES.numberNode(rule.get("minimum").asInt() - 1));
    }
    if (rule.has("maximum")) {
      all.add(NODES.numberNode(rule.get("maximum").asInt() + 1));
    }
    if (rule.has("exclusiveMinimum")) {
      all.add(NODES.numberNode(rule.get("exclusiveMinimum").asInt()));
    }
    if (rule.has("exclusiveMaximum")) {
      all.add(NODES.numberNode(rule.get("exclusiveMaximum").asInt()));
    }
    return all;
  }

  private static ObjectNode object(String key, JsonNode value) {
    ObjectNode object = NODES.objectNode();
    object.set(key, value);
    return object;
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
