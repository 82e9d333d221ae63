package io.flinkinference.tokenize;

/**
 * What a tokenizer gets to see of a text of very many characters.
 *
 * @param text the characters that are kept; where both ends are, a blank stands between them
 * @param joint last index in it that is also one in the whole text
 * @param shift what later indices lack to be indices in the whole text
 * @param cut whether characters were left out
 */
public record Excerpt(String text, int joint, int shift, boolean cut) {

  /** Keeps at most so many characters (UTF-16 units), and no half of a surrogate pair. */
  public static Excerpt of(String text, int maxCharacters, Kept kept) {
    if (text.length() <= maxCharacters) {
      return new Excerpt(text, text.length(), 0, false);
    }
    return switch (kept) {
      case START -> {
        String start = TextCleaner.cut(text, maxCharacters);
        yield new Excerpt(start, start.length(), 0, true);
      }
      case END -> {
        int from = endFrom(text, maxCharacters);
        yield new Excerpt(text.substring(from), -1, from, true);
      }
      case BOTH_ENDS -> {
        String start = TextCleaner.cut(text, maxCharacters / 2);
        int from = endFrom(text, Math.max(0, (maxCharacters - 1) / 2));
        String both = start + ' ' + text.substring(from);
        yield new Excerpt(both, start.length(), from - start.length() - 1, true);
      }
    };
  }

  private static int endFrom(String text, int characters) {
    int from = text.length() - characters;
    boolean splitsPair =
        from > 0
            && from < text.length()
            && Character.isLowSurrogate(text.charAt(from))
            && Character.isHighSurrogate(text.charAt(from - 1));
    return splitsPair ? from + 1 : from;
  }

  /** Index in the whole text. */
  int index(int inExcerpt) {
    return inExcerpt > joint ? inExcerpt + shift : inExcerpt;
  }
}
