package io.flinkinference.tools.quantize;

import java.util.Arrays;
import java.util.stream.Collectors;

/** With which numbers a form of a model computes. */
public enum Precision {
  /** As exported. */
  FP32("fp32"),
  /** Weights and activations of 8 bits, with scales fixed beforehand; the default. */
  INT8("int8"),
  /** Weights and activations of 8 bits, with scales taken from each batch when it runs. */
  INT8_DYNAMIC("int8-dynamic"),
  /** Weights of 8 bits by blocks; activations keep their precision up to rounding by row. */
  INT8_WEIGHTS("int8-weights"),
  /** Floats of 16 bits, for GPUs; what would overflow stays fp32. */
  FP16("fp16");

  private final String id;

  Precision(String id) {
    this.id = id;
  }

  /** Name on the command line. */
  public String id() {
    return id;
  }

  /** Whether weights become numbers of 8 bits. */
  boolean isInt8() {
    return this != FP32 && this != FP16;
  }

  /**
   * The precision of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Precision of(String id) {
    return Arrays.stream(values())
        .filter(one -> one.id.equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no precision '%s'. Take one of: %s."
                        .formatted(
                            id,
                            Arrays.stream(values())
                                .map(Precision::id)
                                .collect(Collectors.joining(", ")))));
  }

  @Override
  public String toString() {
    return id;
  }
}
