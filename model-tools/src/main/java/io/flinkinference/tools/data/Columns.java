package io.flinkinference.tools.data;

import java.util.Objects;

/**
 * Where text and label stand in a row.
 *
 * @param text name of a column or field; or its number, from 1, in a file without a line of names
 * @param label the same for the label
 * @param separator between the labels of a row, or null where a row has one label
 */
public record Columns(String text, String label, String separator) {

  public Columns {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(label, "label");
    if (isNumber(text) != isNumber(label)) {
      throw new DataException(
          "The columns '%s' and '%s' are a name and a number. Give two names where the first line"
                  .formatted(text, label)
              + " names the columns, and two numbers, from 1, where it does not.");
    }
    if (text.equals(label)) {
      throw new DataException("Text and label are both the column '" + text + "'. Name two.");
    }
    if (separator != null && separator.isEmpty()) {
      throw new DataException("The separator of labels is empty. Give one, such as a comma.");
    }
  }

  /** Whether columns are told by numbers, and the file has no line of names. */
  boolean byNumber() {
    return isNumber(text);
  }

  /** Whether a row may have several labels. */
  public boolean multiLabel() {
    return separator != null;
  }

  private static boolean isNumber(String column) {
    return column.matches("[1-9][0-9]{0,5}");
  }
}
