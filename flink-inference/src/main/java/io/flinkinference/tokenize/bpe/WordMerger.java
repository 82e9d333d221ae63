package io.flinkinference.tokenize.bpe;

import java.util.Arrays;

/**
 * Makes the tokens of a word: of all neighbours that may become one, those whose merge was learned
 * first do, the leftmost before others, until none may (<a
 * href="https://arxiv.org/abs/1508.07909">Sennrich et al. 2016</a>).
 *
 * <p>Takes time in proportion to n log n, for a text without blanks is one word. For one word.
 */
final class WordMerger {

  private final Merges merges;
  private final int[] ids;
  private final int[] next;
  private final int[] previous;
  private final int[] ranks; // Of a token with the next one.
  private final Candidates candidates;

  /**
   * @param ids those of the word's bytes; they are changed
   */
  WordMerger(Merges merges, int... ids) {
    this.merges = merges;
    this.ids = ids;
    this.next = new int[ids.length];
    this.previous = new int[ids.length];
    this.ranks = new int[ids.length];
    this.candidates = new Candidates(ids.length);
    for (int i = 0; i < ids.length; i++) {
      next[i] = i + 1;
      previous[i] = i - 1;
    }
  }

  int[] merge() {
    for (int i = 0; i < ids.length; i++) {
      consider(i);
    }
    while (!candidates.isEmpty()) {
      long first = candidates.poll();
      int rank = (int) (first >>> Integer.SIZE);
      int at = (int) first;
      if (ranks[at] == rank) { // Else one of the two has become another token meanwhile.
        join(at, rank);
      }
    }
    return tokens();
  }

  private void join(int at, int rank) {
    int gone = next[at];
    ids[at] = merges.token(rank);
    ranks[gone] = Merges.NONE;
    next[at] = next[gone];
    if (next[at] < ids.length) {
      previous[next[at]] = at;
    }
    consider(at);
    if (previous[at] >= 0) {
      consider(previous[at]);
    }
  }

  private void consider(int at) {
    int rank = next[at] < ids.length ? merges.rank(ids[at], ids[next[at]]) : Merges.NONE;
    ranks[at] = rank;
    if (rank != Merges.NONE) {
      candidates.add((long) rank << Integer.SIZE | at);
    }
  }

  private int[] tokens() {
    int count = 0;
    for (int at = 0; at < ids.length; at = next[at]) {
      ids[count++] = ids[at]; // Never ahead of what is read.
    }
    return Arrays.copyOf(ids, count);
  }
}
