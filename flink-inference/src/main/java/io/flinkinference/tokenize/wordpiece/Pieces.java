package io.flinkinference.tokenize.wordpiece;

import java.util.Arrays;

/** The pieces of one text as they are found: words go in by the character, ids come out. */
final class Pieces {

  private final PieceTrie trie;
  private final int unknownId;
  private final int maxWordCharacters;

  private int[] ids;
  private int size;

  private final char[] word;
  private int wordLength;
  private int wordCharacters;

  /**
   * @param expected how many there will be, about
   */
  Pieces(PieceTrie trie, int unknownId, int maxWordCharacters, int expected) {
    this.trie = trie;
    this.unknownId = unknownId;
    this.maxWordCharacters = maxWordCharacters;
    this.word = new char[2 * maxWordCharacters];
    this.ids = new int[Math.max(16, expected)];
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
    int before = size;
    if (wordCharacters > maxWordCharacters || !split()) {
      size = before;
      append(unknownId);
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
      append((int) (piece >>> Integer.SIZE));
      from = (int) piece;
    }
    return true;
  }

  /** Adds a token that stands for itself. */
  void append(int id) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, 2 * size);
    }
    ids[size++] = id;
  }

  int size() {
    return size;
  }

  void copyTo(int[] target, int at) {
    System.arraycopy(ids, 0, target, at, size);
  }
}
