package io.flinkinference.batch;

import io.flinkinference.text.Encoding;
import java.util.List;

/** What one engine run takes: encodings of like length, to be padded to the longest. Immutable. */
public final class TokenBatch {

  private final Encoding[] rows;
  private final int height;
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
    this.height = rows.length;
    this.width = longest;
    this.realTokens = sum;
  }

  private TokenBatch(TokenBatch batch, int height, int width) {
    this.rows = batch.rows;
    this.height = height;
    this.width = width;
    this.realTokens = batch.realTokens;
  }

  /** A batch of the given rows, in the given order. */
  public static TokenBatch of(Encoding... rows) {
    return new TokenBatch(rows.clone());
  }

  /** A batch of the given rows, in the given order. */
  public static TokenBatch of(List<Encoding> rows) {
    return new TokenBatch(rows.toArray(Encoding[]::new));
  }

  /** The same with further rows, which repeat the last one and are nobody's, and more padding. */
  TokenBatch grown(int toRows, int toWidth) {
    if (toRows < height || toWidth < width) {
      throw new IllegalArgumentException(this + " cannot become " + toRows + " x " + toWidth + ".");
    }
    return toRows == height && toWidth == width ? this : new TokenBatch(this, toRows, toWidth);
  }

  /** Number of rows, at least 1. */
  public int rows() {
    return height;
  }

  /** The encoding of a row. */
  public Encoding row(int row) {
    return rows[Math.min(row, rows.length - 1)];
  }

  /** Tokens in the longest row, or more: the second dimension of the input tensors. */
  public int width() {
    return width;
  }

  /** Tokens in all rows that are somebody's, padding excluded. */
  public int realTokens() {
    return realTokens;
  }

  /** Tokens that the device computes: rows times width. */
  public int paddedTokens() {
    return height * width;
  }

  @Override
  public String toString() {
    return "TokenBatch[" + height + " x " + width + "]";
  }
}
