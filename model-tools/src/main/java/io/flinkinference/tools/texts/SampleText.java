package io.flinkinference.tools.texts;

import java.util.Objects;

/**
 * A text on which a model is tried.
 *
 * @param text itself
 * @param label that is right for it; empty where that is not said
 * @param line of the file, from 1
 */
public record SampleText(String text, String label, int line) {

  public SampleText {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(label, "label");
  }

  /** Without the text: texts do not belong into logs. */
  @Override
  public String toString() {
    return "SampleText[line " + line + ", " + text.length() + " characters]";
  }
}
