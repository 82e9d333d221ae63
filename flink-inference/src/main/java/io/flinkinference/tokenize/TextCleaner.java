package io.flinkinference.tokenize;

/**
 * Makes a Java string fit for a tokenizer: short enough, and valid Unicode.
 *
 * <p>A string that is both is handed on as it is, without a copy.
 */
public final class TextCleaner {

  private static final char REPLACEMENT = '\uFFFD';

  private TextCleaner() {}

  /** Cuts a text to so many characters or, where that would split a surrogate pair, one less. */
  public static String cut(String text, int maxCharacters) {
    if (text.length() <= maxCharacters) {
      return text;
    }
    boolean splitsPair =
        maxCharacters > 0
            && Character.isHighSurrogate(text.charAt(maxCharacters - 1))
            && Character.isLowSurrogate(text.charAt(maxCharacters));
    return text.substring(0, splitsPair ? maxCharacters - 1 : maxCharacters);
  }

  /**
   * Replaces each half of a surrogate pair that stands alone by U+FFFD, as {@link
   * java.nio.charset.CharsetEncoder} would by its replacement: there is no UTF-8 for it.
   */
  public static String replaceLoneSurrogates(String text) {
    int lone = nextLoneSurrogate(text, 0);
    if (lone < 0) {
      return text;
    }
    StringBuilder valid = new StringBuilder(text);
    for (; lone >= 0; lone = nextLoneSurrogate(text, lone + 1)) {
      valid.setCharAt(lone, REPLACEMENT);
    }
    return valid.toString();
  }

  private static int nextLoneSurrogate(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c) && !isPaired(text, i, c)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isPaired(String text, int i, char c) {
    return Character.isHighSurrogate(c)
        ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
  }
}
