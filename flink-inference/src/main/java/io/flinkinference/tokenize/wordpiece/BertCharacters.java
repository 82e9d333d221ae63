package io.flinkinference.tokenize.wordpiece;

import io.flinkinference.tokenize.CharacterClasses;
import java.util.BitSet;
import java.util.Map;

/**
 * The classes of characters that BERT's tokenizer tells apart, as the tokenizers library draws
 * them: <a
 * href="https://github.com/huggingface/tokenizers/blob/main/tokenizers/src/normalizers/bert.rs">normalizer</a>,
 * <a
 * href="https://github.com/huggingface/tokenizers/blob/main/tokenizers/src/pre_tokenizers/bert.rs">pre-tokenizer</a>.
 */
final class BertCharacters {

  private static final BitSet PUNCTUATION;
  private static final BitSet ACCENTS;
  private static final BitSet DROPPED;

  static {
    Map<String, BitSet> classes = CharacterClasses.read(BertCharacters.class, "categories.txt");
    PUNCTUATION = classes.get("P");
    ACCENTS = classes.get("M");
    DROPPED = classes.get("D");
  }

  private BertCharacters() {}

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
