package io.flinkinference.tokenize.bpe;

import io.flinkinference.model.ModelException;
import io.flinkinference.tokenize.JavaTokenizer;
import io.flinkinference.tokenize.Kept;
import io.flinkinference.tokenize.Normalization;
import io.flinkinference.tokenize.TextCleaner;
import io.flinkinference.tokenize.TokenIds;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Optional;

/**
 * Byte-level BPE: words by the expression of GPT-2, each of whose bytes are merged to tokens.
 *
 * <p>It gives the ids that the tokenizers library gives, and needs no native library. A word that
 * was met lately costs no object: its tokens come from a cache.
 *
 * <p><b>Thread safety:</b> any number of threads may encode at once; they share the cache.
 */
public final class BpeTokenizer extends JavaTokenizer {

  /** No character below is changed by being composed, nor composed with one before it. */
  private static final char FIRST_COMBINING = 0x300;

  private final BpeFile file;
  private final WordCache cache = new WordCache();

  private BpeTokenizer(BpeFile file, int maxTokens, int maxCharacters, Kept kept) {
    super(file.template(), maxTokens, maxCharacters, kept);
    this.file = file;
  }

  /**
   * Opens a tokenizer.
   *
   * @param tokenizerJson the {@code tokenizer.json} of a fast tokenizer
   * @param maxTokens most tokens of an encoding, special tokens included
   * @param maxCharacters most characters (UTF-16 units) of a text that are looked at
   * @param kept what is kept of a long text
   * @return empty if the file is of another kind, or asks for anything that is not done here
   * @throws ModelException if the file cannot be read
   */
  public static Optional<BpeTokenizer> open(
      Path tokenizerJson, int maxTokens, int maxCharacters, Kept kept) {
    return BpeFile.read(tokenizerJson)
        .map(file -> new BpeTokenizer(file, maxTokens, maxCharacters, kept));
  }

  @Override
  protected void read(String text, TokenIds ids) {
    String valid = TextCleaner.replaceLoneSurrogates(text);
    file.addedTokens().split(valid, ids, (from, to) -> readComposed(valid, from, to, ids));
  }

  private void readComposed(String text, int from, int to, TokenIds ids) {
    String piece = text.substring(from, to);
    String composed = file.composes() && !isComposed(piece) ? compose(piece) : piece;
    file.laterTokens()
        .split(composed, ids, (start, end) -> readWords(composed.substring(start, end), ids));
  }

  private static boolean isComposed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= FIRST_COMBINING) {
        return false;
      }
    }
    return true;
  }

  private static String compose(String text) {
    return Normalization.of(text, Normalizer.Form.NFC);
  }

  private void readWords(String piece, TokenIds ids) {
    boolean blank = file.blankFirst() && piece.charAt(0) != ' ';
    String text = blank ? ' ' + piece : piece;
    int from = 0;
    while (from < text.length()) {
      int to = Words.end(text, from);
      ids.add(tokens(text, from, to));
      from = to;
    }
  }

  private int[] tokens(String text, int from, int to) {
    int[] known = cache.get(text, from, to);
    if (known != null) {
      return known;
    }
    String word = text.substring(from, to);
    byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
    int[] ids = new int[bytes.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = file.byteIds()[Byte.toUnsignedInt(bytes[i])];
    }
    int[] merged = new WordMerger(file.merges(), ids).merge();
    cache.put(word, merged);
    return merged;
  }
}
