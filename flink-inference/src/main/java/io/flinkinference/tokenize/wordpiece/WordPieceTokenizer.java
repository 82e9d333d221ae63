package io.flinkinference.tokenize.wordpiece;

import io.flinkinference.model.ModelException;
import io.flinkinference.text.Encoding;
import io.flinkinference.text.TextInput;
import io.flinkinference.tokenize.Excerpt;
import io.flinkinference.tokenize.Kept;
import io.flinkinference.tokenize.TextCleaner;
import io.flinkinference.tokenize.Tokenizer;
import io.flinkinference.tokenize.WholeText;
import java.io.IOException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Map;
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
public final class WordPieceTokenizer implements Tokenizer {

  private static final int CHARACTERS_PER_TOKEN = 4;
  private static final int CAPITAL_I_WITH_DOT = 0x130;
  private static final char DOT_ABOVE = '\u0307';

  private final WordPieceFile file;
  private final PieceTrie trie;
  private final int maxTokens;
  private final int maxCharacters;
  private final Kept kept;
  private final Map.Entry<String, Integer>[] addedTokens;

  private WordPieceTokenizer(WordPieceFile file, int maxTokens, int maxCharacters, Kept kept) {
    this.file = file;
    this.trie = new PieceTrie(file.vocabulary(), file.prefix());
    this.maxTokens = maxTokens;
    this.maxCharacters = maxCharacters;
    this.kept = kept;
    @SuppressWarnings({"unchecked", "rawtypes"}) // An array of a generic type.
    Map.Entry<String, Integer>[] added = file.addedTokens().entrySet().toArray(Map.Entry[]::new);
    this.addedTokens = added;
  }

  /**
   * Opens a tokenizer.
   *
   * @param tokenizerJson the {@code tokenizer.json} of a fast tokenizer
   * @param maxTokens most tokens of an encoding, special tokens included
   * @param maxCharacters most characters (UTF-16 units) of a text that are looked at
   * @return empty if the file is of another kind, or asks for anything that is not done here
   * @throws ModelException if the file cannot be read
   */
  public static Optional<WordPieceTokenizer> open(
      Path tokenizerJson, int maxTokens, int maxCharacters) {
    return open(tokenizerJson, maxTokens, maxCharacters, Kept.START);
  }

  /** As {@link #open(Path, int, int)}, with a choice of what is kept of a long text. */
  public static Optional<WordPieceTokenizer> open(
      Path tokenizerJson, int maxTokens, int maxCharacters, Kept kept) {
    try {
      return WordPieceFile.read(tokenizerJson)
          .map(file -> new WordPieceTokenizer(file, maxTokens, maxCharacters, kept));
    } catch (IOException e) {
      throw new ModelException("Cannot read " + tokenizerJson + ": " + e + ".", e);
    }
  }

  @Override
  public Encoding encode(TextInput input) {
    return encodeWhole(input, kept, false).keep(kept);
  }

  @Override
  public int maxCharacters() {
    return maxCharacters;
  }

  @Override
  public WholeText encodeWhole(TextInput input, Kept ofCharacters, boolean spans) {
    if (spans) {
      return Tokenizer.super.encodeWhole(input, ofCharacters, true);
    }
    Excerpt text = Excerpt.of(input.text(), maxCharacters, ofCharacters);
    Pieces first = pieces(text.text());
    if (input.pair() == null) {
      return single(first, text.cut());
    }
    Excerpt pair = Excerpt.of(input.pair(), maxCharacters, ofCharacters);
    return pair(first, pieces(pair.text()), text.cut() || pair.cut());
  }

  private WholeText single(Pieces pieces, boolean cut) {
    int count = pieces.size();
    int[] ids = new int[count + 2];
    ids[0] = file.startId();
    pieces.copyTo(ids, 1);
    ids[count + 1] = file.endId();
    return WholeText.of(ids, null, null, maxTokens, cut, 1, count + 1);
  }

  private WholeText pair(Pieces first, Pieces second, boolean cut) {
    int[] ids = new int[first.size() + second.size() + 3];
    int middle = first.size() + 1;
    ids[0] = file.startId();
    first.copyTo(ids, 1);
    ids[middle] = file.endId();
    second.copyTo(ids, middle + 1);
    ids[ids.length - 1] = file.endId();
    int[] typeIds = new int[ids.length];
    Arrays.fill(typeIds, middle + 1, ids.length, 1);
    return WholeText.of(ids, typeIds, null, maxTokens, cut, 1, middle, middle + 1, ids.length - 1);
  }

  private Pieces pieces(String text) {
    Pieces pieces =
        new Pieces(
            trie,
            file.unknownId(),
            file.maxWordCharacters(),
            text.length() / CHARACTERS_PER_TOKEN + 2);
    int from = 0;
    for (int at = 0; at < text.length(); ) {
      Map.Entry<String, Integer> token = addedTokenAt(text, at);
      if (token == null) {
        at++;
      } else {
        read(text, from, at, pieces);
        pieces.append(token.getValue());
        at += token.getKey().length();
        from = at;
      }
    }
    read(text, from, text.length(), pieces);
    return pieces;
  }

  /** The longest of them. */
  private Map.Entry<String, Integer> addedTokenAt(String text, int at) {
    char c = text.charAt(at);
    Map.Entry<String, Integer> longest = null;
    for (Map.Entry<String, Integer> token : addedTokens) {
      String content = token.getKey();
      if (content.charAt(0) == c
          && text.startsWith(content, at)
          && (longest == null || content.length() > longest.getKey().length())) {
        longest = token;
      }
    }
    return longest;
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
    if (BertCharacters.isWhitespace(c)) {
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
    return file.stripAccents() ? Normalizer.normalize(clean, Normalizer.Form.NFD) : clean;
  }

  private void readNormalized(String text, Pieces pieces) {
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (BertCharacters.isWhitespace(c)) {
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

  @Override
  public void close() {
    // Nothing but memory.
  }
}
