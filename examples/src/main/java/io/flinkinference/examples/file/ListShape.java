package io.flinkinference.examples.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A list with at least one item. */
record ListShape<T>(Shape<T> item) implements Shape<List<T>> {

  @Override
  public List<T> read(String path, Node node, Reading reading) {
    if (!(node instanceof SequenceNode sequence) || sequence.getValue().isEmpty()) {
      String is = node instanceof SequenceNode ? "empty" : Scalar.kind(node);
      reading.problem(
          node, path + " is " + is + ", but it has to be " + words() + ", such as [a, b].");
      return null;
    }
    List<T> items = new ArrayList<>();
    for (Node each : sequence.getValue()) {
      items.add(item.read(path + "[" + items.size() + "]", each, reading));
    }
    return items.stream().allMatch(Objects::nonNull) ? List.copyOf(items) : null;
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = Shapes.type("array").put("minItems", 1);
    schema.set("items", item.schema());
    return schema;
  }

  @Override
  public String words() {
    return "a list, each " + item.words();
  }

  @Override
  public String show(Node node) {
    return ((SequenceNode) node)
        .getValue().stream().map(item::show).collect(Collectors.joining(", "));
  }
}
