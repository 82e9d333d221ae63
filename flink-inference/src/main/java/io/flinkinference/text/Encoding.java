package io.flinkinference.text;

import java.util.Arrays;
import java.util.Objects;

/**
 * The token ids of one text, special tokens included, padding excluded. Immutable; the arrays are
 * shared, not copied, and must not be written to.
 *
 * <p>Where it also says where its tokens stand in the text, texts of the same ids differ: what is
 * found in one of them is not what is found in the other.
 */
public final class Encoding {

  private final int[] ids;
  private final int[] typeIds;
  private final boolean truncated;
  private final TokenSpans spans;
  private int hash; // 0 until somebody asks. Whoever computes it comes to the same.

  /**
   * @param ids token ids, at least one
   * @param typeIds segment of each token, as long as {@code ids}, or null where all are 0
   * @param truncated whether tokens were cut off at the model's limit
   */
  public Encoding(int[] ids, int[] typeIds, boolean truncated) {
    this(ids, typeIds, truncated, null);
  }

  /**
   * @param ids token ids, at least one
   * @param typeIds segment of each token, as long as {@code ids}, or null where all are 0
   * @param truncated whether tokens were cut off at the model's limit
   * @param spans where the tokens stand in the text, or null where nobody asked
   */
  public Encoding(int[] ids, int[] typeIds, boolean truncated, TokenSpans spans) {
    Objects.requireNonNull(ids, "ids");
    if (ids.length == 0) {
      throw new IllegalArgumentException("An encoding has at least one token.");
    }
    if (typeIds != null && typeIds.length != ids.length) {
      throw new IllegalArgumentException(
          "There are " + typeIds.length + " type ids for " + ids.length + " tokens.");
    }
    this.ids = ids;
    this.typeIds = typeIds;
    if (spans != null && spans.length() != ids.length) {
      throw new IllegalArgumentException(
          "There are " + spans.length() + " spans for " + ids.length + " tokens.");
    }
    this.truncated = truncated;
    this.spans = spans;
  }

  /** A single segment that was not truncated. */
  public static Encoding of(int... ids) {
    return new Encoding(ids, null, false);
  }

  /** Number of tokens. */
  public int length() {
    return ids.length;
  }

  /** Token id at a position. */
  public int id(int position) {
    return ids[position];
  }

  /** Segment of the token at a position. */
  public int typeId(int position) {
    return typeIds == null ? 0 : typeIds[position];
  }

  /** Whether tokens were cut off at the model's limit. */
  public boolean truncated() {
    return truncated;
  }

  /** Where the tokens stand in the text, or null where nobody asked. */
  public TokenSpans spans() {
    return spans;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Encoding that
        && Arrays.equals(ids, that.ids)
        && Arrays.equals(typeIds, that.typeIds)
        && Objects.equals(spans, that.spans);
  }

  @Override
  public int hashCode() {
    int known = hash;
    if (known == 0) {
      known = 31 * Arrays.hashCode(ids) + Arrays.hashCode(typeIds);
      hash = known;
    }
    return known;
  }

  @Override
  public String toString() {
    return "Encoding" + Arrays.toString(ids) + (truncated ? " (truncated)" : "");
  }
}
