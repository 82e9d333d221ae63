package io.flinkinference.tokenize.bpe;

/**
 * The tokens of words that were met lately: most words of a text come again. Of words that share a
 * place the last one stays.
 *
 * <p><b>Thread safety:</b> any number of threads, without a lock. Entries are immutable, so a
 * thread sees one whole or not at all; one that sees none makes the tokens once more.
 */
final class WordCache {

  private static final int BITS = 14;

  /** Longer words hardly come again; the bound keeps the cache within a few megabytes. */
  private static final int LONGEST = 32;

  private final Word[] words = new Word[1 << BITS];

  @SuppressWarnings("ArrayRecordComponent") // Shared, never compared.
  private record Word(String text, int[] ids) {}

  /** The tokens of the word between these indices of a text, or null. */
  int[] get(String text, int from, int to) {
    if (to - from > LONGEST) {
      return null;
    }
    Word word = words[slot(text, from, to)];
    return word != null && word.text.length() == to - from && text.startsWith(word.text, from)
        ? word.ids
        : null;
  }

  /** Keeps the tokens of a word. They must not be written to. */
  void put(String word, int[] ids) {
    if (word.length() <= LONGEST) {
      words[slot(word, 0, word.length())] = new Word(word, ids);
    }
  }

  private static int slot(String text, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + text.charAt(i);
    }
    return (hash * 0x9E3779B9) >>> (Integer.SIZE - BITS);
  }
}
