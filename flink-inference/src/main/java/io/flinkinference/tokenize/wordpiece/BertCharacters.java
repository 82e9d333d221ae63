package io.flinkinference.tokenize.wordpiece;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Map;
import java.util.StringTokenizer;

/**
 * The classes of characters that BERT's tokenizer tells apart, as the tokenizers library draws
 * them: <a
 * href="https://github.com/huggingface/tokenizers/blob/main/tokenizers/src/normalizers/bert.rs">normalizer</a>,
 * <a
 * href="https://github.com/huggingface/tokenizers/blob/main/tokenizers/src/pre_tokenizers/bert.rs">pre-tokenizer</a>.
 */
final class BertCharacters {

  private static final String CATEGORIES = "categories.txt";

  private static final BitSet PUNCTUATION = new BitSet();
  private static final BitSet ACCENTS = new BitSet();
  private static final BitSet DROPPED = new BitSet();

  static {
    Map<String, BitSet> classes = Map.of("P", PUNCTUATION, "M", ACCENTS, "D", DROPPED);
    try (InputStream file = BertCharacters.class.getResourceAsStream(CATEGORIES);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(file, StandardCharsets.US_ASCII))) {
      lines.lines().filter(line -> !line.startsWith("#")).forEach(line -> addRange(line, classes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private BertCharacters() {}

  private static void addRange(String line, Map<String, BitSet> classes) {
    StringTokenizer parts = new StringTokenizer(line, " ");
    BitSet characters = classes.get(parts.nextToken());
    int first = Integer.parseInt(parts.nextToken(), 16);
    characters.set(first, Integer.parseInt(parts.nextToken(), 16) + 1);
  }

  /** White space, by the Unicode property. */
  static boolean isWhitespace(int c) {
    return switch (c) {
      case ' ', 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000 -> true;
      default -> (c >= 0x09 && c <= 0x0D) || (c >= 0x2000 && c <= 0x200A);
    };
  }

  /** What the normalizer drops: controls, formats, private use, and the replacement character. */
  static boolean isDropped(int c) {
    if (c < 0x80) {
      return (c < ' ' && c != '\t' && c != '\n' && c != '\r') || c == 0x7F;
    }
    return c == 0xFFFD || DROPPED.get(c);
  }

  /** What stands as a word of its own: all of ASCII that is no letter or digit, and category P. */
  static boolean isPunctuation(int c) {
    if (c < 0x80) {
      return (c >= '!' && c <= '/')
          || (c >= ':' && c <= '@')
          || (c >= '[' && c <= '`')
          || (c >= '{' && c <= '~');
    }
    return PUNCTUATION.get(c);
  }

  /** Ideographs, which stand as words of their own; the blocks are those of BERT. */
  static boolean isIdeograph(int c) {
    return (c >= 0x4E00 && c <= 0x9FFF)
        || (c >= 0x3400 && c <= 0x4DBF)
        || (c >= 0x20000 && c <= 0x2A6DF)
        || (c >= 0x2A700 && c <= 0x2B73F)
        || (c >= 0x2B740 && c <= 0x2B81F)
        || (c >= 0x2B920 && c <= 0x2CEAF)
        || (c >= 0xF900 && c <= 0xFAFF)
        || (c >= 0x2F800 && c <= 0x2FA1F);
  }

  /** Marks that are dropped with the accents. */
  static boolean isAccent(int c) {
    return ACCENTS.get(c);
  }
}
