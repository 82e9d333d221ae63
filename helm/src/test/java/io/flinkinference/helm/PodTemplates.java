package io.flinkinference.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Merges the pod templates of a FlinkDeployment as the operator does ({@code FlinkUtils}): lists by
 * the names in them, of which the last of each name is kept; lists with an entry that has no name
 * by position.
 */
final class PodTemplates {

  private PodTemplates() {}

  static JsonNode ofJobManager(JsonNode deployment) {
    return of(deployment, "/spec/jobManager/podTemplate");
  }

  static JsonNode ofTaskManager(JsonNode deployment) {
    return of(deployment, "/spec/taskManager/podTemplate");
  }

  private static JsonNode of(JsonNode deployment, String own) {
    ObjectNode merged = deployment.at("/spec/podTemplate").deepCopy();
    merge(merged, deployment.at(own));
    merged.put("apiVersion", "v1").put("kind", "Pod");
    return merged;
  }

  private static void merge(JsonNode into, JsonNode from) {
    from.properties()
        .forEach(
            entry -> {
              JsonNode own = into.get(entry.getKey());
              JsonNode other = entry.getValue();
              if (own instanceof ObjectNode && other.isObject()) {
                merge(own, other);
              } else if (own instanceof ArrayNode array && other.isArray()) {
                merge(array, (ArrayNode) other);
              } else {
                ((ObjectNode) into).set(entry.getKey(), other.deepCopy());
              }
            });
  }

  private static void merge(ArrayNode into, ArrayNode from) {
    if (allNamed(into) && allNamed(from)) {
      Map<String, JsonNode> merged = byName(into);
      byName(from)
          .forEach(
              (name, other) -> {
                JsonNode own = merged.putIfAbsent(name, other.deepCopy());
                if (own != null) {
                  merge(own, other);
                }
              });
      into.removeAll();
      merged.values().forEach(into::add);
      return;
    }
    for (int i = 0; i < from.size(); i++) {
      if (into.size() <= i) {
        into.add(from.get(i).deepCopy());
      } else {
        merge(into.get(i), from.get(i));
      }
    }
  }

  private static boolean allNamed(ArrayNode array) {
    for (JsonNode one : array) {
      if (!one.has("name")) {
        return false;
      }
    }
    return true;
  }

  private static Map<String, JsonNode> byName(ArrayNode array) {
    Map<String, JsonNode> named = new LinkedHashMap<>();
    array.forEach(one -> named.put(one.get("name").asText(), one));
    return named;
  }
}
