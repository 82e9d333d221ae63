package io.flinkinference.task;

import java.io.Serializable;
import java.util.List;

/**
 * A name, and texts that are typical of it.
 *
 * @param name in results
 * @param texts at least one
 */
public record ReferenceTexts(String name, List<String> texts) implements Serializable {

  private static final long serialVersionUID = 1L;

  public ReferenceTexts {
    texts = List.copyOf(texts);
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException("A name of reference texts is blank.");
    }
    if (texts.isEmpty() || texts.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "'" + name + "' has no reference text, or one that is blank.");
    }
  }
}
