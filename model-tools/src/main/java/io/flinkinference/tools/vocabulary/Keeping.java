package io.flinkinference.tools.vocabulary;

import io.flinkinference.tools.graph.GraphException;
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

  /**
   * The new id of one that is kept.
   *
   * @throws GraphException if it is not
   */
  int newId(int oldId) {
    if (!has(oldId)) {
      throw new GraphException(
          "The tokenizer's files speak of a token with the id %d, which is none of its vocabulary. Take tokenizer.json, tokenizer_config.json and config.json from the same model."
              .formatted(oldId));
    }
    return newIds[oldId];
  }
}
