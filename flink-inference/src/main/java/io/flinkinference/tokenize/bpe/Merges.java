package io.flinkinference.tokenize.bpe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Which two neighbours become one token, and in which order that was learned. The pairs lie in a
 * hash table with open addressing. Immutable.
 */
final class Merges {

  static final int NONE = -1;

  private final long[] pairs; // Ids of both; -1 is free, for ids are not negative.
  private final int[] ranks;
  private final int[] merged; // By rank.

  private Merges(int count) {
    int slots = Integer.highestOneBit(Math.max(1, count)) * 4;
    pairs = new long[slots];
    Arrays.fill(pairs, NONE);
    ranks = new int[slots];
    merged = new int[count];
  }

  /**
   * Reads the list of a {@code tokenizer.json}, where a pair is a list of two or has a blank
   * between them.
   *
   * @return empty if a token is not in the vocabulary
   */
  static Optional<Merges> read(JsonNode list, Map<String, Integer> vocabulary) {
    Merges merges = new Merges(list.size());
    int rank = 0;
    for (JsonNode pair : list) {
      String[] both =
          pair.isArray()
              ? new String[] {pair.path(0).asText(), pair.path(1).asText()}
              : pair.asText().split(" ", 2);
      if (both.length != 2) {
        return Optional.empty();
      }
      Integer left = vocabulary.get(both[0]);
      Integer right = vocabulary.get(both[1]);
      Integer token = vocabulary.get(both[0] + both[1]);
      if (left == null || right == null || token == null) {
        return Optional.empty();
      }
      merges.put(left, right, rank, token);
      rank++;
    }
    return Optional.of(merges);
  }

  private void put(int left, int right, int rank, int token) {
    int slot = slot(left, right);
    pairs[slot] = key(left, right);
    ranks[slot] = rank;
    merged[rank] = token;
  }

  /** When two neighbours become one: lower is earlier. {@link #NONE} if they never do. */
  int rank(int left, int right) {
    int slot = slot(left, right);
    return pairs[slot] == NONE ? NONE : ranks[slot];
  }

  /** The token that a pair becomes. */
  int token(int rank) {
    return merged[rank];
  }

  /** Where the pair is, or would be. */
  private int slot(int left, int right) {
    long key = key(left, right);
    int mask = pairs.length - 1;
    // Fibonacci hashing: the golden ratio in 64 bits.
    int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    while (pairs[slot] != key && pairs[slot] != NONE) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private static long key(int left, int right) {
    return (long) left << Integer.SIZE | right;
  }
}
