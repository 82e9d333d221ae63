package io.flinkinference.tokenize.wordpiece;

import java.util.Arrays;
import java.util.Map;

/**
 * The pieces of a vocabulary, found by their characters: the longest piece at a place in one walk.
 *
 * <p>A node is a number; the edges of all nodes lie in one hash table with open addressing, whose
 * key is the node and the character. Immutable once built.
 */
final class PieceTrie {

  private static final int WORD_START = 1;
  private static final int CONTINUATION = 2;
  private static final int NONE = -1;

  private long[] edges = new long[1 << 16]; // Node above, character in the low 16 bits; 0 is free.
  private int[] targets = new int[edges.length];
  private int[] ids = new int[1 << 14]; // By node.
  private int nodes = CONTINUATION;
  private int used;

  /**
   * @param vocabulary ids by piece
   * @param prefix what pieces that continue a word begin with
   */
  PieceTrie(Map<String, Integer> vocabulary, String prefix) {
    Arrays.fill(ids, NONE);
    vocabulary.forEach(
        (piece, id) -> {
          // A piece that begins with the prefix may stand at the start of a word, too, if the word
          // begins with those characters; so it does in the reference.
          add(WORD_START, piece, id);
          if (piece.startsWith(prefix)) {
            add(CONTINUATION, piece.substring(prefix.length()), id);
          }
        });
  }

  private void add(int root, String piece, int id) {
    int node = root;
    for (int i = 0; i < piece.length(); i++) {
      node = child(node, piece.charAt(i), true);
    }
    if (node != root) {
      ids[node] = id;
    }
  }

  /**
   * Finds the longest piece.
   *
   * @param word characters of a word
   * @param from where the piece begins; 0 is the start of the word
   * @param to end of the word
   * @return the piece's id above, its end in the low 32 bits; -1 where no piece fits
   */
  long longest(char[] word, int from, int to) {
    int node = from == 0 ? WORD_START : CONTINUATION;
    long best = -1;
    for (int i = from; i < to; i++) {
      node = child(node, word[i], false);
      if (node == 0) {
        break;
      }
      if (ids[node] != NONE) {
        best = (long) ids[node] << Integer.SIZE | (i + 1);
      }
    }
    return best;
  }

  private int child(int node, char c, boolean create) {
    long key = (long) node << Character.SIZE | c;
    int mask = edges.length - 1;
    int slot = hash(key) & mask;
    while (edges[slot] != key) {
      if (edges[slot] == 0) {
        return create ? insert(key) : 0;
      }
      slot = (slot + 1) & mask;
    }
    return targets[slot];
  }

  private int insert(long key) {
    if (2 * (used + 1) > edges.length) {
      grow();
    }
    nodes++;
    if (nodes == ids.length) {
      ids = Arrays.copyOf(ids, 2 * nodes);
      Arrays.fill(ids, nodes, ids.length, NONE);
    }
    put(key, nodes);
    used++;
    return nodes;
  }

  private void put(long key, int target) {
    int mask = edges.length - 1;
    int slot = hash(key) & mask;
    while (edges[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    edges[slot] = key;
    targets[slot] = target;
  }

  private void grow() {
    long[] oldEdges = edges;
    int[] oldTargets = targets;
    edges = new long[2 * oldEdges.length];
    targets = new int[edges.length];
    for (int i = 0; i < oldEdges.length; i++) {
      if (oldEdges[i] != 0) {
        put(oldEdges[i], oldTargets[i]);
      }
    }
  }

  private static int hash(long key) {
    long mixed = key * 0x9E3779B97F4A7C15L; // Fibonacci hashing: the golden ratio in 64 bits.
    return (int) (mixed >>> 40);
  }
}
