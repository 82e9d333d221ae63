package io.flinkinference.tools.finetune;

/**
 * How a model is taught.
 *
 * @param validation share of the rows by which settings are chosen
 * @param test share of the rows that the figures are made of
 * @param fewShot rows of each label to learn from, or 0 for all; with it there is no validation,
 *     and all other rows are for the test
 * @param balanced whether rare labels weigh as much as frequent ones
 * @param multiLabel whether a text may have several labels
 * @param seed the same seed gives the same model
 * @param encoder whether and how the encoder is taught too
 */
public record FinetuneOptions(
    double validation,
    double test,
    int fewShot,
    boolean balanced,
    boolean multiLabel,
    long seed,
    EncoderOptions encoder) {

  public FinetuneOptions {
    if (!(validation > 0 && test >= 0 && validation + test < 1)) {
      throw new FinetuneException(
          "Validation "
              + validation
              + " and test "
              + test
              + " are shares of the rows: validation above 0, and together below 1.");
    }
    if (fewShot < 0) {
      throw new FinetuneException("Few-shot is a number of rows, not " + fewShot + ".");
    }
  }
}
