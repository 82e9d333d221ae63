package io.flinkinference.examples.file;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Finds what stands in itself, as an alias of YAML can make it: who reads that never ends. */
final class Circles {

  static final String PROBLEM =
      "It stands in itself, by an alias (*) of what it is in. Write it out without one.";

  private final Set<Node> around = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private Circles() {}

  /** Line at which the first such section or list begins, if there is any. */
  static Optional<Integer> find(Node root) {
    return new Circles().look(root).map(Reading::line);
  }

  private Optional<Node> look(Node node) {
    if (around.contains(node)) {
      return Optional.of(node);
    }
    if (!seen.add(node)) {
      return Optional.empty();
    }
    around.add(node);
    Optional<Node> found = within(node).map(this::look).flatMap(Optional::stream).findFirst();
    around.remove(node);
    return found;
  }

  private static Stream<Node> within(Node node) {
    if (node instanceof MappingNode mapping) {
      return mapping.getValue().stream()
          .flatMap(entry -> Stream.of(entry.getKeyNode(), entry.getValueNode()));
    }
    return node instanceof SequenceNode sequence
        ? sequence.getValue().stream()
        : List.<Node>of().stream();
  }
}
