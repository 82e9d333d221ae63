package io.flinkinference.batch;

import io.flinkinference.text.Encoding;
import java.util.List;

/**
 * Rounds the shapes of batches up, so that a device that prepares something for each shape meets
 * few of them. What is added is padding, and rows that nobody reads.
 *
 * @param widthMultiple widths are multiples of this
 * @param mostWidth but no larger than this, which the longest text has
 * @param rowsToPowerOfTwo whether rows are powers of two
 */
public record ShapeRounding(int widthMultiple, int mostWidth, boolean rowsToPowerOfTwo) {

  /** Shapes as they come. */
  public static final ShapeRounding EXACT = new ShapeRounding(1, Integer.MAX_VALUE, false);

  private static final int SOME_TOKENS = 32;

  public ShapeRounding {
    if (widthMultiple < 1 || mostWidth < 1) {
      throw new IllegalArgumentException(
          "Widths are rounded to multiples of at least 1, up to at least 1, not "
              + widthMultiple
              + " and "
              + mostWidth
              + ".");
    }
  }

  /** Few shapes, for texts of up to so many tokens. */
  public static ShapeRounding few(int mostTokens) {
    return new ShapeRounding(SOME_TOKENS, mostTokens, true);
  }

  /** The width for a row of some tokens; never less than it has. */
  public int width(int tokens) {
    int rounded = (tokens + widthMultiple - 1) / widthMultiple * widthMultiple;
    return Math.max(tokens, Math.min(rounded, mostWidth));
  }

  /** The number of rows for so many that are wanted. */
  public int rows(int wanted) {
    return rowsToPowerOfTwo && wanted > 1 ? Integer.highestOneBit(wanted - 1) << 1 : wanted;
  }

  /** The largest number of rows that is no more than this after rounding; at least 1. */
  public int mostRows(int limit) {
    int least = Math.max(1, limit);
    return rowsToPowerOfTwo ? Integer.highestOneBit(least) : least;
  }

  /** A batch of the given rows, rounded. */
  public TokenBatch batch(List<Encoding> rows) {
    return round(TokenBatch.of(rows));
  }

  /** A batch of the given rows, rounded. */
  public TokenBatch batch(Encoding... rows) {
    return round(TokenBatch.of(rows));
  }

  private TokenBatch round(TokenBatch batch) {
    return batch.grown(rows(batch.rows()), width(batch.width()));
  }
}
