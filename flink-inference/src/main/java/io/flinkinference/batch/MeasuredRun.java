package io.flinkinference.batch;

/**
 * A run of known shape, and what it took.
 *
 * @param rows rows of the batch
 * @param width tokens of each row
 * @param nanos what the run took, above 0
 */
public record MeasuredRun(int rows, int width, long nanos) {

  public MeasuredRun {
    if (rows < 1 || width < 1 || nanos < 1) {
      throw new IllegalArgumentException(
          "No run has " + rows + " x " + width + " tokens and takes " + nanos + " ns.");
    }
  }

  /** Tokens that the device computed. */
  public int paddedTokens() {
    return rows * width;
  }

  /** Tokens in a second. */
  public double tokensPerSecond() {
    return paddedTokens() * 1e9 / nanos;
  }
}
