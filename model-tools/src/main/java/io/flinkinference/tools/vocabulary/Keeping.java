package io.flinkinference.tools.vocabulary;

import java.util.BitSet;

/**
 * Which ids are kept. New ids are in the order of the old ones, without gaps.
 *
 * <p><b>Thread safety:</b> immutable.
 */
final class Keeping {

  private final int[] oldIds;
  private final int[] newIds;
  private final BitSet kept;

  Keeping(BitSet kept) {
    this.kept = kept;
    this.oldIds = kept.stream().toArray();
    this.newIds = new int[kept.length()];
    for (int id = 0; id < oldIds.length; id++) {
      newIds[oldIds[id]] = id;
    }
  }

  boolean has(int oldId) {
    return oldId >= 0 && kept.get(oldId);
  }

  /** Number of ids. */
  int size() {
    return oldIds.length;
  }

  int oldId(int newId) {
    return oldIds[newId];
  }

  /** The new id of one that is kept. */
  int newId(int oldId) {
    return newIds[oldId];
  }
}
