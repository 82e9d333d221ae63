package io.flinkinference.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Merges the pod templates of a FlinkDeployment as the operator does: lists by the names in them.
 */
final class PodTemplates {

  private PodTemplates() {}

  static JsonNode ofTaskManager(JsonNode deployment) {
    ObjectNode merged = deployment.at("/spec/podTemplate").deepCopy();
    merge(merged, deployment.at("/spec/taskManager/podTemplate"));
    merged.put("apiVersion", "v1").put("kind", "Pod");
    return merged;
  }

  private static void merge(ObjectNode into, JsonNode from) {
    from.properties()
        .forEach(
            entry -> {
              JsonNode own = into.get(entry.getKey());
              JsonNode other = entry.getValue();
              if (own instanceof ObjectNode object && other.isObject()) {
                merge(object, other);
              } else if (own instanceof ArrayNode array && other.isArray()) {
                merge(array, other);
              } else {
                into.set(entry.getKey(), other.deepCopy());
              }
            });
  }

  private static void merge(ArrayNode into, JsonNode from) {
    for (JsonNode other : from) {
      ObjectNode own = named(into, other.path("name").asText());
      if (own == null) {
        into.add(other.deepCopy());
      } else {
        merge(own, other);
      }
    }
  }

  private static ObjectNode named(ArrayNode array, String name) {
    for (JsonNode one : array) {
      if (one.path("name").asText().equals(name)) {
        return (ObjectNode) one;
      }
    }
    return null;
  }
}
