package io.flinkinference.tools.finetune;

/**
 * How the encoder itself is taught.
 *
 * @param layers how many of the last layers; 0 to teach the head alone
 * @param epochs passes over the rows, at most
 * @param batch rows a step
 * @param rate by which a weight changes in a step, at most about
 */
public record EncoderOptions(int layers, int epochs, int batch, double rate) {

  /** All layers that there are. */
  public static final int ALL = Integer.MAX_VALUE;

  /** The head alone. */
  public static final EncoderOptions FROZEN = new EncoderOptions(0, 4, 16, 1e-4);

  public EncoderOptions {
    if (layers < 0 || epochs < 1 || batch < 1 || !(rate > 0 && rate < 1)) {
      throw new FinetuneException(
          ("Layers are at least 0, epochs and batch at least 1, and the rate is between 0 and 1;"
                  + " not %d, %d, %d and %s.")
              .formatted(layers, epochs, batch, rate));
    }
  }
}
