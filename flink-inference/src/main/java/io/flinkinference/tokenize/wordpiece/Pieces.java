package io.flinkinference.tokenize.wordpiece;

import io.flinkinference.tokenize.TokenIds;

/** The pieces of one text as they are found: words go in by the character, ids come out. */
final class Pieces {

  private final PieceTrie trie;
  private final int unknownId;
  private final int maxWordCharacters;

  private final TokenIds ids;

  private final char[] word;
  private int wordLength;
  private int wordCharacters;

  /**
   * @param ids where they go
   */
  Pieces(PieceTrie trie, int unknownId, int maxWordCharacters, TokenIds ids) {
    this.trie = trie;
    this.unknownId = unknownId;
    this.maxWordCharacters = maxWordCharacters;
    this.word = new char[2 * maxWordCharacters];
    this.ids = ids;
  }

  /** Adds a character to the word that is being read. */
  void add(char c) {
    if (wordCharacters < maxWordCharacters) {
      word[wordLength++] = c;
    }
    wordCharacters++;
  }

  /** Adds a character to the word that is being read. */
  void addCodePoint(int c) {
    if (Character.isBmpCodePoint(c)) {
      add((char) c);
    } else {
      if (wordCharacters < maxWordCharacters) {
        word[wordLength++] = Character.highSurrogate(c);
        word[wordLength++] = Character.lowSurrogate(c);
      }
      wordCharacters++;
    }
  }

  /** Ends the word that is being read, if any. */
  void endWord() {
    if (wordCharacters == 0) {
      return;
    }
    int before = ids.size();
    if (wordCharacters > maxWordCharacters || !split()) {
      ids.keep(before);
      ids.add(unknownId);
    }
    wordLength = 0;
    wordCharacters = 0;
  }

  private boolean split() {
    int from = 0;
    while (from < wordLength) {
      long piece = trie.longest(word, from, wordLength);
      if (piece < 0) {
        return false;
      }
      ids.add((int) (piece >>> Integer.SIZE));
      from = (int) piece;
    }
    return true;
  }
}
