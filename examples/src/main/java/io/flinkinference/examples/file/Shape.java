package io.flinkinference.examples.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yaml.snakeyaml.nodes.Node;

/**
 * What may stand at a place of a file.
 *
 * <p><b>Thread safety:</b> immutable.
 *
 * @param <T> type of what it is read as
 */
public interface Shape<T> {

  /**
   * Reads what stands there.
   *
   * @param path of the place, such as {@code source.topics}; for problems
   * @return the value, or null where it cannot be read; a problem says why
   */
  T read(String path, Node node, Reading reading);

  /** As a JSON Schema (draft 2020-12). */
  ObjectNode schema();

  /** For the documentation and for problems, such as {@code whole number, at least 1}. */
  String words();

  /**
   * As it may be shown, from what stands in the file: placeholders stay as they are.
   *
   * @param node in which no problem was found
   */
  String show(Node node);
}
