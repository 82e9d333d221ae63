package io.flinkinference.model;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A linear layer that follows the pooling ({@code 2_Dense} of sentence-transformers), described but
 * not loaded.
 *
 * @param weights file in the safetensors format with {@code linear.weight [outputs, inputs]} and,
 *     where there is a bias, {@code linear.bias [outputs]}
 * @param inputs size of the vector that goes in
 * @param outputs size of the vector that comes out
 * @param bias whether something is added
 * @param activation what comes after it
 */
public record DenseModule(
    Path weights, int inputs, int outputs, boolean bias, Activation activation) {

  public DenseModule {
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(activation, "activation");
  }
}
