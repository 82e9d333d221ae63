package io.flinkinference.examples.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Values under names of the user's own, in sections of any depth: read as one map, whose keys are
 * the names with dots between, as Flink's configuration has them.
 *
 * @param value of a single one
 */
record TreeShape(Shape<String> value) implements Shape<Map<String, String>> {

  @Override
  public Map<String, String> read(String path, Node node, Reading reading) {
    if (!(node instanceof MappingNode mapping)) {
      reading.problem(
          node, path + " is " + Scalar.kind(node) + ", but it has to be " + words() + ".");
      return null;
    }
    Map<String, String> values = new LinkedHashMap<>();
    return read(path, "", mapping, values, reading) ? Collections.unmodifiableMap(values) : null;
  }

  private boolean read(
      String path, String above, MappingNode node, Map<String, String> values, Reading reading) {
    boolean whole = true;
    for (NodeTuple entry : node.getValue()) {
      String name = Entries.name(path, entry, reading);
      if (name == null) {
        whole = false;
        continue;
      }
      String below = path + "." + name;
      String key = above + name;
      if (entry.getValueNode() instanceof MappingNode deeper) {
        whole &= read(below, key + ".", deeper, values, reading);
        continue;
      }
      String text = single(below, entry.getValueNode(), reading);
      if (text == null) {
        whole = false;
      } else if (values.put(key, text) != null) {
        reading.problem(entry.getKeyNode(), below + " is there twice. Leave one of them out.");
      }
    }
    return whole;
  }

  private String single(String path, Node node, Reading reading) {
    if (!(node instanceof SequenceNode)) {
      return value.read(path, node, reading);
    }
    var items = Shapes.listOf(value).read(path, node, reading);
    return items == null
        ? null
        : items.stream()
            .map(item -> "'" + item.replace("'", "''") + "'")
            .collect(Collectors.joining(";"));
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = Shapes.type("object");
    schema.set(
        "additionalProperties", Shapes.types("string", "number", "boolean", "array", "object"));
    return schema;
  }

  @Override
  public String words() {
    return "a section of names of your own, each with a section";
  }

  @Override
  public String show(Node node) {
    if (node instanceof MappingNode mapping) {
      return mapping.getValue().stream()
          .map(entry -> Entries.shown(entry) + "=" + show(entry.getValueNode()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    return node instanceof SequenceNode
        ? "[" + Shapes.listOf(value).show(node) + "]"
        : value.show(node);
  }
}
