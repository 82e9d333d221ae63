package io.flinkinference.examples.figures;

/**
 * Sums over engine runs.
 *
 * @param batches engine runs
 * @param rows texts in them
 * @param realTokens tokens of the texts
 * @param paddedTokens tokens that were computed: rows times the longest row, over all runs
 */
public record BatchFigures(long batches, long rows, long realTokens, long paddedTokens) {

  /** Texts a run, or 0 before the first. */
  public double meanRows() {
    return batches == 0 ? 0 : (double) rows / batches;
  }

  /** Tokens computed for each token of a text; 1 is the least. 1 before the first run, too. */
  public double paddingRatio() {
    return realTokens == 0 ? 1 : (double) paddedTokens / realTokens;
  }

  /** What was added since an earlier moment. */
  public BatchFigures since(BatchFigures earlier) {
    return new BatchFigures(
        batches - earlier.batches,
        rows - earlier.rows,
        realTokens - earlier.realTokens,
        paddedTokens - earlier.paddedTokens);
  }
}
