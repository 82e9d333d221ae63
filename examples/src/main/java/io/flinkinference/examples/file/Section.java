package io.flinkinference.examples.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;

/** A group of keys. Keys that it does not have are problems, not passed over. */
public final class Section implements Shape<Settings> {

  private final List<Key<?>> keys;

  private Section(List<Key<?>> keys) {
    this.keys = keys;
  }

  /** A section of keys, in the order of the documentation. */
  public static Section of(Key<?>... keys) {
    return new Section(List.of(keys));
  }

  /** A section of keys, in the order of the documentation. */
  public static Section of(List<Key<?>> keys) {
    return new Section(List.copyOf(keys));
  }

  List<Key<?>> keys() {
    return keys;
  }

  /** As if nothing stood in it. */
  Settings empty(String path, int line) {
    Settings settings = new Settings(this, path, line);
    for (Key<?> key : keys) {
      if (key.shape() instanceof Section inner && key.defaultValue() != null) {
        settings.imply(key, inner.empty(Settings.path(path, key), line));
      }
    }
    return settings;
  }

  @Override
  public Settings read(String path, Node node, Reading reading) {
    Settings settings = empty(path, Reading.line(node));
    readInto(settings, path, node, reading);
    return settings;
  }

  private void readInto(Settings settings, String path, Node node, Reading reading) {
    if (!(node instanceof MappingNode mapping)) {
      reading.problem(
          node,
          (path.isEmpty() ? "The file" : path)
              + " is "
              + Scalar.kind(node)
              + ", but it has to be a section with the keys "
              + names()
              + ".");
      settings.foundUnsound();
      return;
    }
    Map<String, Node> entries = entries(path, mapping, reading);
    for (Key<?> key : keys) {
      Node value = entries.get(key.name());
      if (value != null) {
        settings.read(key, value, reading);
      } else if (key.isRequired()) {
        settings.foundUnsound();
        reading.problem(
            node,
            Settings.path(path, key)
                + " is missing. It is "
                + key.shape().words()
                + ": "
                + key.description());
      }
    }
  }

  private Map<String, Node> entries(String path, MappingNode mapping, Reading reading) {
    Map<String, Key<?>> known = keys.stream().collect(Collectors.toMap(Key::name, key -> key));
    Map<String, Node> entries = new HashMap<>();
    for (NodeTuple entry : mapping.getValue()) {
      String name = Entries.name(path, entry, reading);
      if (name == null) {
        continue;
      }
      if (!known.containsKey(name)) {
        reading.problem(
            entry.getKeyNode(),
            "There is no key '"
                + name
                + "' "
                + (path.isEmpty() ? "at the top" : "in " + path)
                + ". There are "
                + names()
                + ".");
      } else if (entries.putIfAbsent(name, entry.getValueNode()) != null) {
        reading.problem(
            entry.getKeyNode(),
            Settings.path(path, known.get(name)) + " is there twice. Leave one of them out.");
      }
    }
    return entries;
  }

  private String names() {
    return keys.stream().map(Key::name).collect(Collectors.joining(", "));
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = Shapes.type("object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = JsonNodeFactory.instance.arrayNode();
    for (Key<?> key : keys) {
      ObjectNode property = key.shape().schema();
      property.put("description", key.description());
      if (key.shownDefault() != null) {
        property.set("default", defaultOf(key));
      }
      properties.set(key.name(), property);
      if (key.isRequired()) {
        required.add(key.name());
      }
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    return schema.put("additionalProperties", false);
  }

  private static JsonNode defaultOf(Key<?> key) {
    Object value = key.defaultValue();
    boolean plain = value instanceof Number || value instanceof Boolean || value instanceof Map;
    return plain ? new ObjectMapper().valueToTree(value) : TextNode.valueOf(key.shownDefault());
  }

  @Override
  public String words() {
    return "a section";
  }

  @Override
  public String show(Node node) {
    throw new UnsupportedOperationException("A section is shown key by key: Settings.listing().");
  }
}
