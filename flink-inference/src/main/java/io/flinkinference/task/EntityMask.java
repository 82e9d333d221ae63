package io.flinkinference.task;

import io.flinkinference.result.Entity;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * What stands in place of an entity in a redacted text.
 *
 * <p><b>Thread safety:</b> immutable.
 *
 * @param pattern one character, which is repeated for each character of the entity, or a text, in
 *     which {@code {label}} stands for the entity's label
 */
public record EntityMask(String pattern) implements Serializable {

  /** The label in brackets. */
  public static final EntityMask LABEL = new EntityMask("[{label}]");

  private static final long serialVersionUID = 1L;
  private static final String LABEL_PLACE = "{label}";

  public EntityMask {
    Objects.requireNonNull(pattern, "pattern");
    if (pattern.isEmpty()) {
      throw new IllegalArgumentException(
          "The mask of entities is empty. Set a character such as *, or a text such as [{label}].");
    }
  }

  /**
   * A text without its entities.
   *
   * @param entities in the order of the text; what two have in common is masked as the first
   */
  String redact(String text, List<Entity> entities) {
    StringBuilder redacted = new StringBuilder(text.length());
    int from = 0;
    for (Entity entity : entities) {
      int start = Math.max(from, entity.start());
      int end = Math.max(start, entity.end());
      if (start == entity.start() || start < end) {
        redacted.append(text, from, start).append(of(entity, text.codePointCount(start, end)));
        from = end;
      }
    }
    return redacted.append(text, from, text.length()).toString();
  }

  private String of(Entity entity, int characters) {
    boolean repeats = pattern.codePointCount(0, pattern.length()) == 1;
    return repeats ? pattern.repeat(characters) : pattern.replace(LABEL_PLACE, entity.label());
  }
}
