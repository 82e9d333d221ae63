package io.flinkinference.tokenize.bpe;

import io.flinkinference.tokenize.CharacterClasses;
import io.flinkinference.tokenize.Whitespace;
import java.util.BitSet;
import java.util.Map;

/**
 * Where a word of a text ends, by the expression of GPT-2: {@code 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+|
 * ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+}. Letters and numbers are those of the tokenizers
 * library.
 */
final class Words {

  private static final BitSet LETTERS;
  private static final BitSet NUMBERS;

  static {
    Map<String, BitSet> classes = CharacterClasses.read(Words.class, "categories.txt");
    LETTERS = classes.get("L");
    NUMBERS = classes.get("N");
  }

  /** What words are made of. */
  private enum Kind {
    LETTER,
    NUMBER,
    SPACE,
    OTHER
  }

  private Words() {}

  /** Index behind the word that begins at an index. */
  static int end(String text, int from) {
    int contraction = contraction(text, from);
    if (contraction > 0) {
      return from + contraction;
    }
    boolean blank = text.charAt(from) == ' ';
    if (blank && from + 1 < text.length()) {
      Kind kind = kind(text.codePointAt(from + 1));
      if (kind != Kind.SPACE) {
        return run(text, from + 1, kind);
      }
    }
    Kind kind = kind(text.codePointAt(from));
    int end = run(text, from, kind);
    // The last space before a word is left to the word.
    return kind == Kind.SPACE && end < text.length() && end - from > 1 ? end - 1 : end;
  }

  /** Length of {@code 's} and its kin, or 0. */
  private static int contraction(String text, int from) {
    if (text.charAt(from) != '\'' || from + 1 == text.length()) {
      return 0;
    }
    return switch (text.charAt(from + 1)) {
      case 's', 't', 'm', 'd' -> 2;
      case 'r', 'v' -> isAt(text, from + 2, 'e') ? 3 : 0;
      case 'l' -> isAt(text, from + 2, 'l') ? 3 : 0;
      default -> 0;
    };
  }

  private static boolean isAt(String text, int index, char c) {
    return index < text.length() && text.charAt(index) == c;
  }

  private static int run(String text, int from, Kind kind) {
    int end = from;
    while (end < text.length()) {
      int c = text.codePointAt(end);
      if (kind(c) != kind) {
        return end;
      }
      end += Character.charCount(c);
    }
    return end;
  }

  private static Kind kind(int c) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
      return Kind.LETTER;
    }
    if (Whitespace.is(c)) {
      return Kind.SPACE;
    }
    if (c < 0x80) {
      return c >= '0' && c <= '9' ? Kind.NUMBER : Kind.OTHER;
    }
    if (LETTERS.get(c)) {
      return Kind.LETTER;
    }
    return NUMBERS.get(c) ? Kind.NUMBER : Kind.OTHER;
  }
}
