package io.flinkinference.connectors.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.flinkinference.connectors.avro.AvroSchemas;
import io.flinkinference.connectors.avro.InferenceResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * The type {@link InferenceResult} as it can stand in a schema that may know some of its names: a
 * name is defined once in a schema. Types that are there already, of an earlier result, are named;
 * where a name stands for something else, ours go by another namespace.
 */
final class ResultType {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Schema type;
  private final Map<String, Schema> ours = new HashMap<>();
  private final Map<String, Schema> theirs;

  private ResultType(Schema type, Map<String, Schema> theirs) {
    this.type = type;
    this.theirs = theirs;
    NamedTypes.collect(type, ours);
  }

  /**
   * The type, in JSON.
   *
   * @param field that it is for; its name makes the other namespace
   */
  static JsonNode within(Schema record, String field) throws JsonProcessingException {
    Map<String, Schema> theirs = new HashMap<>();
    NamedTypes.collect(record, theirs);
    Schema usual = AvroSchemas.inferenceResult();
    String other = usual.getNamespace() + "." + field;
    for (Schema type : List.of(usual, moved(usual, other))) {
      ResultType candidate = new ResultType(type, theirs);
      if (candidate.fits()) {
        return candidate.json();
      }
    }
    throw Enrichment.refuse(
        "its schema "
            + record.getFullName()
            + " has other types by the names of ours, in the namespaces "
            + usual.getNamespace()
            + " and "
            + other
            + ".");
  }

  private static Schema moved(Schema type, String namespace) throws JsonProcessingException {
    ObjectNode json = (ObjectNode) JSON.readTree(type.toString());
    return new Schema.Parser().parse(json.put("namespace", namespace).toString());
  }

  private boolean fits() {
    return ours.entrySet().stream()
        .allMatch(
            e -> !theirs.containsKey(e.getKey()) || same(e.getValue(), theirs.get(e.getKey())));
  }

  /** In their data, that is; one may have been read from a generated class, with its marks. */
  private static boolean same(Schema one, Schema other) {
    return SchemaNormalization.toParsingForm(one).equals(SchemaNormalization.toParsingForm(other));
  }

  private JsonNode json() throws JsonProcessingException {
    return named(JSON.readTree(type.toString()));
  }

  /** The types that are there already are replaced by their names. */
  private JsonNode named(JsonNode node) {
    if (node instanceof ArrayNode array) {
      ArrayNode copy = JSON.createArrayNode();
      array.forEach(child -> copy.add(named(child)));
      return copy;
    }
    if (!(node instanceof ObjectNode object)) {
      return node;
    }
    if (object.path("type").asText().equals("record")) {
      String fullName = type.getNamespace() + "." + object.get("name").asText();
      if (theirs.containsKey(fullName)) {
        return TextNode.valueOf(fullName);
      }
    }
    ObjectNode copy = JSON.createObjectNode();
    object.properties().forEach(child -> copy.set(child.getKey(), named(child.getValue())));
    return copy;
  }
}
