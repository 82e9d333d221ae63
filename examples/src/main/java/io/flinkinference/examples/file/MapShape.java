package io.flinkinference.examples.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;

/**
 * Names of the user's own, each with a value.
 *
 * @param secret names whose values are not shown
 */
record MapShape<T>(Shape<T> value, Predicate<String> secret) implements Shape<Map<String, T>> {

  @Override
  public Map<String, T> read(String path, Node node, Reading reading) {
    if (!(node instanceof MappingNode mapping)) {
      reading.problem(
          node, path + " is " + Scalar.kind(node) + ", but it has to be " + words() + ".");
      return null;
    }
    boolean whole = true;
    Map<String, T> values = new LinkedHashMap<>();
    for (NodeTuple entry : mapping.getValue()) {
      String name = Entries.name(path, entry, reading);
      T read =
          name == null ? null : of(name).read(path + "." + name, entry.getValueNode(), reading);
      if (read == null) {
        whole = false;
      } else if (values.put(name, read) != null) {
        reading.problem(
            entry.getKeyNode(), path + "." + name + " is there twice. Leave one of them out.");
      }
    }
    return whole ? Collections.unmodifiableMap(values) : null;
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = Shapes.type("object");
    schema.set("additionalProperties", value.schema());
    return schema;
  }

  @Override
  public String words() {
    return "a section of names of your own, each with " + value.words();
  }

  @Override
  public String show(Node node) {
    return ((MappingNode) node)
        .getValue().stream().map(this::show).collect(Collectors.joining(", "));
  }

  private String show(NodeTuple entry) {
    return Entries.shown(entry) + "=" + showValue(entry);
  }

  private String showValue(NodeTuple entry) {
    return of(Entries.shown(entry)).show(entry.getValueNode());
  }

  /** The shape of the value under a name. */
  private Shape<T> of(String name) {
    return value instanceof Scalar<T> single && secret.test(name) ? single.secret() : value;
  }

  /** One of the values as it may be shown. */
  Settings.Setting entry(String path, Node node, String name) {
    NodeTuple entry =
        ((MappingNode) node)
            .getValue().stream()
                .filter(each -> Entries.shown(each).equals(name))
                .findFirst()
                .orElseThrow();
    return new Settings.Setting(
        path + "." + name, showValue(entry), Reading.line(entry.getKeyNode()));
  }
}
