package io.flinkinference.examples.file;

import org.yaml.snakeyaml.nodes.Node;

/**
 * One pass over a file.
 *
 * <p><b>Thread safety:</b> for one thread.
 *
 * @param problems found so far
 * @param placeholders what they stand for
 */
public record Reading(Problems problems, Placeholders placeholders) {

  /** Adds a problem at a node. */
  void problem(Node node, String message) {
    problems.add(line(node), message);
  }

  /** Line at which a node begins, from 1. */
  static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }
}
