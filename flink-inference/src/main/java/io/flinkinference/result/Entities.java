package io.flinkinference.result;

import java.util.List;

/**
 * The entities of a text.
 *
 * @param entities in the order of the text, without overlaps; empty where there is none
 * @param redacted the text with each entity replaced by its mask; null unless the task asks for it
 */
public record Entities(List<Entity> entities, String redacted) {

  /** Of no text. */
  public static final Entities EMPTY = new Entities(List.of(), null);

  public Entities {
    entities = List.copyOf(entities);
  }

  /** Without the texts: these do not belong into logs. */
  @Override
  public String toString() {
    return "Entities" + entities;
  }
}
