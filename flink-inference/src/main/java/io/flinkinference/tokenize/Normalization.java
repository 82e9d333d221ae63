package io.flinkinference.tokenize;

import java.text.Normalizer;

/**
 * Normalisation of Unicode (UAX 15) in a time that grows with the length of the text.
 *
 * <p>The JDK sorts marks by insertion, so a text of marks alone takes the square of its length: a
 * hundred thousand of them some ten seconds. So a row of marks is normalised in stretches. A real
 * letter has a few; UAX 15 itself allows 30 in its stream-safe format.
 */
public final class Normalization {

  private static final int MOST_MARKS = 256;

  private Normalization() {}

  /** The normal form. Marks that stand further apart than a stretch keep their order. */
  public static String of(String text, Normalizer.Form form) {
    StringBuilder stretches = null;
    int from = 0;
    int marks = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      marks = isMark(c) ? marks + 1 : 0;
      if (marks == MOST_MARKS) {
        stretches = stretches == null ? new StringBuilder(text.length()) : stretches;
        stretches.append(Normalizer.normalize(text.substring(from, i), form));
        from = i;
        marks = 0;
      }
    }
    return stretches == null
        ? Normalizer.normalize(text, form)
        : stretches.append(Normalizer.normalize(text.substring(from), form)).toString();
  }

  private static boolean isMark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK;
  }
}
