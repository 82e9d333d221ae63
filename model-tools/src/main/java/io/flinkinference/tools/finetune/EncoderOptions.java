package io.flinkinference.tools.finetune;

/**
 * How the encoder itself is taught.
 *
 * @param layers how many of the last layers; 0 to teach the head alone
 * @param epochs passes over the rows, at most
 * @param batch rows a step
 * @param rate by which a weight of the encoder changes in a step, at most about; one of the head
 *     twenty times as much
 */
public record EncoderOptions(int layers, int epochs, int batch, double rate) {

  /** All layers that there are. */
  public static final int ALL = Integer.MAX_VALUE;

  /** The head alone. */
  public static final EncoderOptions FROZEN = new EncoderOptions(0, 4, 16, 1e-4);

  public EncoderOptions {
    require(layers >= 0, "number of layers", layers, "at least 0");
    require(epochs > 0, "number of epochs", epochs, "at least 1");
    require(batch > 0, "number of rows in a batch", batch, "at least 1");
    require(rate > 0 && rate < 1, "rate", rate, "between 0 and 1");
  }

  private static void require(boolean good, String name, Number found, String wanted) {
    if (!good) {
      throw new FinetuneException(
          "The " + name + " is " + found + "; it has to be " + wanted + ".");
    }
  }
}
