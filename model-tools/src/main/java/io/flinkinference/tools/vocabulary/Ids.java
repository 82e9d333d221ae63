package io.flinkinference.tools.vocabulary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A JSON object of tokens and their ids. */
final class Ids {

  private Ids() {}

  static int size(JsonNode vocabulary) {
    int size = 0;
    for (JsonNode id : vocabulary) {
      size = Math.max(size, id.asInt() + 1);
    }
    return size;
  }

  static void reduce(ObjectNode vocabulary, Keeping keeping) {
    List<Map.Entry<String, JsonNode>> tokens = new ArrayList<>(vocabulary.properties());
    vocabulary.removeAll();
    for (Map.Entry<String, JsonNode> token : tokens) {
      int id = token.getValue().asInt();
      if (keeping.has(id)) {
        vocabulary.put(token.getKey(), keeping.newId(id));
      }
    }
  }
}
