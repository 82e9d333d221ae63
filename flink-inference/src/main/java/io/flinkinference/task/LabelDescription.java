package io.flinkinference.task;

import java.io.Serializable;

/**
 * A label, and what it means in words that a model can compare texts with.
 *
 * @param label name of the label in results
 * @param description text that is like the texts of this label
 */
public record LabelDescription(String label, String description) implements Serializable {

  public LabelDescription {
    requireText(label, "label");
    requireText(description, "description of label '" + label + "'");
  }

  private static void requireText(String value, String name) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("The " + name + " has no text.");
    }
  }
}
