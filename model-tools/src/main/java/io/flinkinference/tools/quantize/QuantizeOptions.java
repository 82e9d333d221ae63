package io.flinkinference.tools.quantize;

/**
 * How a model is quantised.
 *
 * @param leastCosine mean cosine to fp32 on held-out texts; layers stay fp32 until a static form
 *     reaches it
 * @param tables whether tables of tokens' embeddings get 8 bits too
 * @param sevenBits whether weights use 7 of their 8 bits: for CPUs without VNNI, on which sums of
 *     full products of 8 bits may be cut off
 */
public record QuantizeOptions(double leastCosine, boolean tables, boolean sevenBits) {

  /** What fits most models. */
  public static final QuantizeOptions USUAL = new QuantizeOptions(0.997, true, false);

  /** Checks the limit. */
  public QuantizeOptions {
    if (!(leastCosine >= -1 && leastCosine <= 1)) {
      throw new IllegalArgumentException(
          "leastCosine is " + leastCosine + ", but a cosine is between -1 and 1.");
    }
  }

  /** The same with another limit. */
  public QuantizeOptions withLeastCosine(double cosine) {
    return new QuantizeOptions(cosine, tables, sevenBits);
  }

  /** The same with tables of 8 bits or without. */
  public QuantizeOptions withTables(boolean yes) {
    return new QuantizeOptions(leastCosine, yes, sevenBits);
  }

  /** The same with weights of 7 bits or of 8. */
  public QuantizeOptions withSevenBits(boolean yes) {
    return new QuantizeOptions(leastCosine, tables, yes);
  }

  int most() {
    return sevenBits ? Columns.SEVEN_BITS : Columns.EIGHT_BITS;
  }
}
