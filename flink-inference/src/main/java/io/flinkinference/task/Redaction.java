package io.flinkinference.task;

import io.flinkinference.result.Entity;
import java.util.List;

/** Texts whose entities are not to be read. */
final class Redaction {

  private Redaction() {}

  /** The text with each entity replaced by its label in brackets. */
  static String of(String text, List<Entity> entities) {
    StringBuilder redacted = new StringBuilder(text.length());
    int from = 0;
    for (Entity entity : entities) {
      redacted.append(text, from, entity.start()).append('[').append(entity.label()).append(']');
      from = entity.end();
    }
    return redacted.append(text, from, text.length()).toString();
  }
}
