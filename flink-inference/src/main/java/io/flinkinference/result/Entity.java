package io.flinkinference.result;

import java.util.Objects;

/**
 * A part of a text that has a label: a name, a place, a number of an account. Those that a task
 * finds have no white space at their ends.
 *
 * @param label what it is, such as {@code PER}
 * @param score mean of its tokens' or words' scores, between 0 and 1
 * @param start index of its first character, in UTF-16 units, as {@link String#substring} takes it
 * @param end index behind its last character, in UTF-16 units
 * @param startCodePoint the same as {@code start} in Unicode code points, as Python counts
 * @param endCodePoint the same as {@code end} in Unicode code points
 * @param text the part itself
 */
public record Entity(
    String label,
    float score,
    int start,
    int end,
    int startCodePoint,
    int endCodePoint,
    String text) {

  public Entity {
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(text, "text");
  }

  /** The part of a text between two indices in UTF-16 units. */
  public static Entity of(String label, float score, int start, int end, String in) {
    return at(in.codePointCount(0, start), label, score, start, end, in);
  }

  /**
   * Another part of the same text. It is counted on from here, so that the many entities of a long
   * text take no longer than the text.
   */
  public Entity next(String label, float score, int start, int end, String in) {
    int startCodePoint =
        start >= this.end
            ? endCodePoint + in.codePointCount(this.end, start)
            : endCodePoint - in.codePointCount(start, this.end); // It begins within this one.
    return at(startCodePoint, label, score, start, end, in);
  }

  private static Entity at(
      int startCodePoint, String label, float score, int start, int end, String in) {
    return new Entity(
        label,
        score,
        start,
        end,
        startCodePoint,
        startCodePoint + in.codePointCount(start, end),
        in.substring(start, end));
  }

  /** Without the text: texts do not belong into logs. */
  @Override
  public String toString() {
    return "Entity[" + label + ", " + score + ", " + start + "-" + end + "]";
  }
}
