package io.flinkinference.examples.file;

import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The names in a section. */
final class Entries {

  private Entries() {}

  /** The name of an entry, or null where it has none. */
  static String name(String path, NodeTuple entry, Reading reading) {
    if (entry.getKeyNode() instanceof ScalarNode name) {
      return name.getValue();
    }
    reading.problem(
        entry.getKeyNode(), (path.isEmpty() ? "The file" : path) + " has a name that is no text.");
    return null;
  }

  static String shown(NodeTuple entry) {
    return ((ScalarNode) entry.getKeyNode()).getValue();
  }
}
