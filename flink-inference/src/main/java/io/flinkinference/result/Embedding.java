package io.flinkinference.result;

import java.util.Arrays;
import java.util.Objects;

/** A text as a vector. Immutable by agreement: the array is shared and must not be written to. */
public final class Embedding {

  /** Of no text; has no components. */
  public static final Embedding EMPTY = new Embedding(new float[0]);

  private final float[] values;

  /**
   * @param values the vector; not copied; empty only for no text
   */
  public Embedding(float[] values) {
    this.values = Objects.requireNonNull(values, "values");
  }

  /** The vector itself; must not be written to. */
  public float[] values() {
    return values;
  }

  /** Number of components; 0 only for no text. */
  public int dimension() {
    return values.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Embedding that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "Embedding[" + values.length + "]";
  }
}
