package io.flinkinference.batch;

import io.flinkinference.text.Encoding;
import java.util.List;

/** What one engine run takes: encodings of like length, to be padded to the longest. Immutable. */
public final class TokenBatch {

  private final Encoding[] rows;
  private final int width;
  private final int realTokens;

  private TokenBatch(Encoding[] rows) {
    if (rows.length == 0) {
      throw new IllegalArgumentException("A batch has at least one row.");
    }
    int longest = 0;
    int sum = 0;
    for (Encoding row : rows) {
      longest = Math.max(longest, row.length());
      sum += row.length();
    }
    this.rows = rows;
    this.width = longest;
    this.realTokens = sum;
  }

  /** A batch of the given rows, in the given order. */
  public static TokenBatch of(Encoding... rows) {
    return new TokenBatch(rows.clone());
  }

  /** A batch of the given rows, in the given order. */
  public static TokenBatch of(List<Encoding> rows) {
    return new TokenBatch(rows.toArray(Encoding[]::new));
  }

  /** Number of rows, at least 1. */
  public int rows() {
    return rows.length;
  }

  /** The encoding of a row. */
  public Encoding row(int row) {
    return rows[row];
  }

  /** Tokens in the longest row: the second dimension of the input tensors. */
  public int width() {
    return width;
  }

  /** Tokens in all rows, padding excluded. */
  public int realTokens() {
    return realTokens;
  }

  /** Tokens that the device computes: rows times width. */
  public int paddedTokens() {
    return rows.length * width;
  }

  @Override
  public String toString() {
    return "TokenBatch[" + rows.length + " x " + width + "]";
  }
}
