package io.flinkinference.tools.data;

import java.util.List;

/**
 * A text and what people said about it.
 *
 * @param line in the file, from 1
 * @param text never blank
 * @param labels one; in data of several labels any number, also none
 */
public record LabeledText(long line, String text, List<String> labels) {

  public LabeledText {
    labels = List.copyOf(labels);
  }
}
