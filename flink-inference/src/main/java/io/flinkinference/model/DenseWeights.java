package io.flinkinference.model;

import java.util.Arrays;
import java.util.List;

/** The weights of a {@link DenseModule}, in memory. Immutable by agreement. */
public final class DenseWeights {

  private static final String WEIGHT = "linear.weight";
  private static final String BIAS = "linear.bias";

  private final float[] weight;
  private final float[] bias;

  private DenseWeights(float[] weight, float[] bias) {
    this.weight = weight;
    this.bias = bias;
  }

  /**
   * Loads the weights.
   *
   * @throws ModelException if the file cannot be read or has other shapes than the module says
   */
  public static DenseWeights load(DenseModule module) {
    SafetensorsFile file = check(module);
    return new DenseWeights(
        file.floats(WEIGHT), module.bias() ? file.floats(BIAS) : new float[module.outputs()]);
  }

  /** Loads the weights of several, in their order. */
  public static List<DenseWeights> all(List<DenseModule> modules) {
    return modules.stream().map(DenseWeights::load).toList();
  }

  static SafetensorsFile check(DenseModule module) {
    SafetensorsFile file = SafetensorsFile.open(module.weights());
    requireShape(file, WEIGHT, module.outputs(), module.inputs());
    if (module.bias()) {
      requireShape(file, BIAS, module.outputs());
    }
    return file;
  }

  private static void requireShape(SafetensorsFile file, String tensor, long... shape) {
    long[] found = file.shape(tensor);
    if (!Arrays.equals(found, shape)) {
      throw new ModelException(
          "Tensor '"
              + tensor
              + "' in "
              + file
              + " has the shape "
              + Arrays.toString(found)
              + ", but config.json beside it says "
              + Arrays.toString(shape)
              + ". Copy both from the same model.");
    }
  }

  /** {@code [outputs, inputs]}, row by row; must not be written to. */
  public float[] weight() {
    return weight;
  }

  /** {@code [outputs]}; zeros where the layer has none; must not be written to. */
  public float[] bias() {
    return bias;
  }
}
