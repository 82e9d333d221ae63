package io.flinkinference.task;

import io.flinkinference.model.Activation;
import io.flinkinference.model.DenseModule;
import io.flinkinference.model.DenseWeights;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.UnscorableException;

/** {@code activation(W x + b)}. Immutable, so any number of threads may use it. */
final class DenseLayer {

  private final int inputs;
  private final float[] weight;
  private final float[] bias;
  private final Activation activation;

  private DenseLayer(int inputs, DenseWeights weights, Activation activation) {
    this.inputs = inputs;
    this.weight = weights.weight();
    this.bias = weights.bias();
    this.activation = activation;
  }

  static DenseLayer load(DenseModule module) {
    return new DenseLayer(module.inputs(), DenseWeights.load(module), module.activation());
  }

  /** The layer's output for a vector, new. */
  float[] apply(float[] vector) {
    if (vector.length != inputs) {
      throw new UnscorableException(
          DeadLetterReason.INVALID_OUTPUT,
          "A dense layer takes "
              + inputs
              + " components, but the vector before it has "
              + vector.length
              + ". Graph and layer are not of one model.");
    }
    float[] result = new float[bias.length];
    for (int output = 0; output < result.length; output++) {
      float sum = bias[output];
      int row = output * inputs;
      for (int i = 0; i < inputs; i++) {
        sum += weight[row + i] * vector[i];
      }
      result[output] = activation.apply(sum);
    }
    return result;
  }
}
