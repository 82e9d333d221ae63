package io.flinkinference.examples.screen;

import io.flinkinference.examples.figures.Latency;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Figures and texts as they are shown. */
final class Words {

  private static final String DOTS = "...";

  private Words() {}

  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  static String rate(double perSecond) {
    return String.format(Locale.ROOT, perSecond < 10 ? "%.1f/s" : "%,.0f/s", perSecond);
  }

  private static String millis(double millis) {
    if (millis < 1_000) {
      return String.format(Locale.ROOT, "%.0f ms", millis);
    }
    return String.format(Locale.ROOT, millis < 99_950 ? "%.1f s" : "%.0f s", millis / 1_000);
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
   * A text on lines of at most the given width, cut between words where that is possible. What does
   * not fit ends with dots; what could move the cursor becomes a blank.
   *
   * @param lines most lines, at least 1
   */
  static List<String> wrap(String text, int width, int lines) {
    List<String> wrapped = new ArrayList<>();
    int[] left = plain(text).codePoints().toArray();
    int start = 0;
    while (left.length - start > width && wrapped.size() < lines - 1) {
      int end = start + width;
      while (end > start && left[end] != ' ') {
        end--;
      }
      end = end == start ? start + width : end;
      wrapped.add(new String(left, start, end - start).strip());
      start = end;
    }
    String rest = new String(left, start, left.length - start).strip();
    wrapped.add(rest.codePointCount(0, rest.length()) <= width ? rest : cut(rest, width));
    return wrapped;
  }

  private static String cut(String text, int width) {
    return text.substring(0, text.offsetByCodePoints(0, width - DOTS.length())) + DOTS;
  }

  /** A text on one line of exactly the given width. */
  static String cell(String text, int width) {
    String line = wrap(text, width, 1).get(0);
    return line + " ".repeat(width - line.codePointCount(0, line.length()));
  }

  /** With blanks for what could move the cursor, or tell the terminal to do something else. */
  static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints().map(c -> isPlain(c) ? c : ' ').forEach(plain::appendCodePoint);
    return plain.toString();
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
