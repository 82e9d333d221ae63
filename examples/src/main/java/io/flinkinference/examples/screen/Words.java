package io.flinkinference.examples.screen;

import io.flinkinference.examples.figures.Latency;
import java.util.Locale;

/** Figures and texts as they are shown. */
final class Words {

  private Words() {}

  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  static String rate(double perSecond) {
    return String.format(Locale.ROOT, perSecond < 10 ? "%.1f/s" : "%,.0f/s", perSecond);
  }

  private static String millis(double millis) {
    return millis < 1000
        ? String.format(Locale.ROOT, "%.0f ms", millis)
        : String.format(Locale.ROOT, "%.1f s", millis / 1000);
  }

  static String p50(Latency latency) {
    return latency == null ? "-" : millis(latency.p50Millis());
  }

  static String p99(Latency latency) {
    return latency == null ? "-" : millis(latency.p99Millis());
  }

  static String oneDigit(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  /** Padding as a share of the real tokens. */
  static String padding(double paddingRatio) {
    return String.format(Locale.ROOT, "%.0f %%", (paddingRatio - 1) * 100);
  }

  /**
   * A text on one line of exactly the given width: blanks for what could move the cursor, and dots
   * where it was cut.
   */
  static String cell(String text, int width) {
    StringBuilder line = new StringBuilder(width);
    text.codePoints()
        .map(c -> isPlain(c) ? c : ' ')
        .limit(width + 1L)
        .forEach(line::appendCodePoint);
    if (line.codePointCount(0, line.length()) > width) {
      line.setLength(line.offsetByCodePoints(0, width - 3));
      line.append("...");
    }
    int missing = width - line.codePointCount(0, line.length());
    return line.append(" ".repeat(missing)).toString();
  }

  private static boolean isPlain(int codePoint) {
    int type = Character.getType(codePoint);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR
        && type != Character.SURROGATE
        && type != Character.UNASSIGNED;
  }
}
