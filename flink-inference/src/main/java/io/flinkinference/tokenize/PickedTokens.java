package io.flinkinference.tokenize;

import io.flinkinference.text.Encoding;
import io.flinkinference.text.TokenSpans;

/** The tokens of a text that stay, gathered range by range. For one thread. */
final class PickedTokens {

  private final TokenSpans all;
  private final int[] ids;
  private final int[] typeIds;
  private final int[] starts;
  private final int[] ends;
  private final boolean[] continuing;
  private int size;

  /**
   * @param length how many will stay
   * @param types whether they have types
   * @param all where all tokens stand in the text, or null
   */
  PickedTokens(int length, boolean types, TokenSpans all) {
    this.all = all;
    ids = new int[length];
    typeIds = types ? new int[length] : null;
    starts = all == null ? null : new int[length];
    ends = all == null ? null : new int[length];
    continuing = all == null ? null : new boolean[length];
  }

  /** Takes a range of all tokens. */
  void add(int[] allIds, int[] allTypes, int from, int to) {
    System.arraycopy(allIds, from, ids, size, to - from);
    if (typeIds != null) {
      System.arraycopy(allTypes, from, typeIds, size, to - from);
    }
    if (all != null) {
      for (int i = from; i < to; i++) {
        int place = size + i - from;
        starts[place] = all.start(i);
        ends[place] = all.end(i);
        continuing[place] = all.continuing(i);
      }
    }
    size += to - from;
  }

  Encoding encoding(boolean truncated) {
    TokenSpans spans = all == null ? null : new TokenSpans(all.text(), starts, ends, continuing);
    return new Encoding(ids, typeIds, truncated, spans);
  }
}
