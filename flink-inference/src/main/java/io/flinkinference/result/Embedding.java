package io.flinkinference.result;

import java.util.Arrays;
import java.util.Objects;

/**
 * A text as a vector, of floats or, where the task quantises, of bytes. Immutable by agreement: the
 * array is shared and must not be written to.
 */
public final class Embedding {

  /** Of no text; has no components. */
  public static final Embedding EMPTY = new Embedding(new float[0]);

  // One of the two is null.
  private final float[] values;
  private final byte[] bytes;

  private Embedding(float[] values, byte[] bytes) {
    this.values = values;
    this.bytes = bytes;
  }

  /**
   * @param values the vector; not copied; empty only for no text
   */
  public Embedding(float[] values) {
    this(Objects.requireNonNull(values, "values"), null);
  }

  /**
   * A quantised vector.
   *
   * @param bytes its signed bytes; not copied
   */
  public static Embedding quantized(byte[] bytes) {
    return new Embedding(null, Objects.requireNonNull(bytes, "bytes"));
  }

  /** Whether it consists of bytes. */
  public boolean isQuantized() {
    return bytes != null;
  }

  /**
   * The bytes of a quantised vector; must not be written to.
   *
   * @throws IllegalStateException if it is not quantised
   */
  public byte[] bytes() {
    if (bytes == null) {
      throw new IllegalStateException(
          "The embedding is of floats. Ask isQuantized() first, or take values().");
    }
    return bytes;
  }

  /** The vector itself, which must not be written to; of a quantised one its bytes as floats. */
  public float[] values() {
    if (bytes == null) {
      return values;
    }
    float[] floats = new float[bytes.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = bytes[i];
    }
    return floats;
  }

  /** Number of floats or bytes; 0 only for no text. */
  public int dimension() {
    return bytes == null ? values.length : bytes.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Embedding that
        && Arrays.equals(values, that.values)
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return bytes == null ? Arrays.hashCode(values) : Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "Embedding[" + dimension() + (bytes == null ? "]" : " bytes]");
  }
}
