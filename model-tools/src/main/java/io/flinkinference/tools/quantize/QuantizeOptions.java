package io.flinkinference.tools.quantize;

/**
 * How a model is quantised.
 *
 * @param leastCosine mean cosine to fp32 on held-out texts; layers stay fp32 until a static form
 *     reaches it
 * @param tables whether tables of tokens' embeddings get 8 bits too
 * @param fullWeights whether weights use all of their 8 bits: for CPUs with VNNI alone. Others add
 *     two products in 16 bits, and cut off what does not fit; with 7 bits all sums fit, so that a
 *     form has the same results on each of them
 */
public record QuantizeOptions(double leastCosine, boolean tables, boolean fullWeights) {

  /** What fits most models. */
  public static final QuantizeOptions USUAL = new QuantizeOptions(0.997, true, false);

  /** Checks the limit. */
  public QuantizeOptions {
    if (!(leastCosine >= -1 && leastCosine <= 1)) {
      throw new IllegalArgumentException(
          "The least mean cosine is " + leastCosine + ", but a cosine is between -1 and 1.");
    }
  }

  /** The same with another limit. */
  public QuantizeOptions withLeastCosine(double cosine) {
    return new QuantizeOptions(cosine, tables, fullWeights);
  }

  /** The same with tables of 8 bits or without. */
  public QuantizeOptions withTables(boolean yes) {
    return new QuantizeOptions(leastCosine, yes, fullWeights);
  }

  /** The same with weights of 8 bits or of 7. */
  public QuantizeOptions withFullWeights(boolean yes) {
    return new QuantizeOptions(leastCosine, tables, yes);
  }

  int most() {
    return fullWeights ? Columns.EIGHT_BITS : Columns.SEVEN_BITS;
  }
}
