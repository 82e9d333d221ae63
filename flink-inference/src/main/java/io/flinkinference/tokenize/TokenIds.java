package io.flinkinference.tokenize;

import java.util.Arrays;

/** The token ids of one text as they are found. For one thread. */
public final class TokenIds {

  private int[] ids;
  private int size;

  /**
   * @param expected how many there will be, about
   */
  public TokenIds(int expected) {
    this.ids = new int[Math.max(16, expected)];
  }

  /** Adds one. */
  public void add(int id) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, 2 * size);
    }
    ids[size++] = id;
  }

  /** Adds all. */
  public void add(int[] more) {
    if (size + more.length > ids.length) {
      ids = Arrays.copyOf(ids, Math.max(2 * size, size + more.length));
    }
    System.arraycopy(more, 0, ids, size, more.length);
    size += more.length;
  }

  /** How many there are. */
  public int size() {
    return size;
  }

  /** Takes back those behind the first so many. */
  public void keep(int first) {
    size = first;
  }

  void copyTo(int[] target, int at) {
    System.arraycopy(ids, 0, target, at, size);
  }
}
