package io.flinkinference.examples;

/** The forms in which each bundled model is there. */
enum Precision {
  FP32(""),
  INT8("-q");

  private final String suffix;

  Precision(String suffix) {
    this.suffix = suffix;
  }

  /** The name of a bundled model in this form. */
  String of(String model) {
    return model + suffix;
  }

  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
