package io.flinkinference.tokenize.wordpiece;

import io.flinkinference.model.ModelException;
import io.flinkinference.tokenize.JavaTokenizer;
import io.flinkinference.tokenize.Kept;
import io.flinkinference.tokenize.Normalization;
import io.flinkinference.tokenize.TextCleaner;
import io.flinkinference.tokenize.TokenIds;
import io.flinkinference.tokenize.Whitespace;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Optional;

/**
 * BERT's tokenizer: words at white space and punctuation, each cut into the longest pieces that the
 * vocabulary has, from left to right (<a href="https://arxiv.org/abs/1609.08144">Wu et al. 2016</a>
 * call them wordpieces).
 *
 * <p>It gives the ids that the tokenizers library gives, in a small part of the time, and needs no
 * native library. Text of ASCII goes from the string to the ids in one pass; other text is
 * normalised first.
 *
 * <p><b>Thread safety:</b> immutable; any number of threads may encode at once.
 */
public final class WordPieceTokenizer extends JavaTokenizer {

  private static final int CAPITAL_I_WITH_DOT = 0x130;
  private static final char DOT_ABOVE = '\u0307';

  private final WordPieceFile file;

  private WordPieceTokenizer(WordPieceFile file, int maxTokens, int maxCharacters, Kept kept) {
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
  public static Optional<WordPieceTokenizer> open(
      Path tokenizerJson, int maxTokens, int maxCharacters, Kept kept) {
    return WordPieceFile.read(tokenizerJson)
        .map(file -> new WordPieceTokenizer(file, maxTokens, maxCharacters, kept));
  }

  @Override
  protected void read(String text, TokenIds ids) {
    Pieces pieces = new Pieces(file.pieces(), file.unknownId(), file.maxWordCharacters(), ids);
    file.addedTokens().split(text, ids, (from, to) -> read(text, from, to, pieces));
  }

  private void read(String text, int from, int to, Pieces pieces) {
    if (isAscii(text, from, to)) {
      for (int i = from; i < to; i++) {
        readAscii(text.charAt(i), pieces);
      }
    } else {
      readNormalized(normalize(text.substring(from, to)), pieces);
    }
    pieces.endWord();
  }

  private static boolean isAscii(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private void readAscii(char c, Pieces pieces) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      pieces.add(c);
    } else if (c >= 'A' && c <= 'Z') {
      pieces.add(file.lowercase() ? (char) (c | 0x20) : c);
    } else if (c > ' ' && c < 0x7F) {
      pieces.endWord();
      pieces.add(c);
      pieces.endWord();
    } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      pieces.endWord();
    } else if (!file.cleanText()) {
      readControl(c, pieces);
    }
  }

  /** Controls that no cleaning drops are parts of words, but for those that are white space. */
  private static void readControl(char c, Pieces pieces) {
    if (Whitespace.is(c)) {
      pieces.endWord();
    } else {
      pieces.add(c);
    }
  }

  /** Drops and decomposes. The order of the steps is that of the reference. */
  private String normalize(String text) {
    String clean = TextCleaner.replaceLoneSurrogates(text);
    if (file.cleanText()) {
      StringBuilder kept = new StringBuilder(clean.length());
      clean.codePoints().filter(c -> !BertCharacters.isDropped(c)).forEach(kept::appendCodePoint);
      clean = kept.toString();
    }
    return file.stripAccents() ? Normalization.of(clean, Normalizer.Form.NFD) : clean;
  }

  private void readNormalized(String text, Pieces pieces) {
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (Whitespace.is(c)) {
        pieces.endWord();
      } else if (BertCharacters.isPunctuation(c)
          || (file.splitIdeographs() && BertCharacters.isIdeograph(c))) {
        pieces.endWord();
        pieces.addCodePoint(c);
        pieces.endWord();
      } else if (!file.stripAccents() || !BertCharacters.isAccent(c)) {
        addLetter(c, pieces);
      }
    }
  }

  private void addLetter(int c, Pieces pieces) {
    if (!file.lowercase()) {
      pieces.addCodePoint(c);
    } else if (c == CAPITAL_I_WITH_DOT) {
      // The only letter whose small form is two characters.
      pieces.add('i');
      pieces.add(DOT_ABOVE);
    } else {
      pieces.addCodePoint(Character.toLowerCase(c));
    }
  }
}
