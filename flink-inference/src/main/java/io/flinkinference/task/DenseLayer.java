package io.flinkinference.task;

import io.flinkinference.model.Activation;
import io.flinkinference.model.DenseModule;
import io.flinkinference.model.DenseWeights;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.UnscorableException;

/**
 * {@code activation(W x + b)}. The weights lie input by input: all outputs are added up at once,
 * and no addition waits for the one before it. Immutable, so any number of threads may use it.
 */
final class DenseLayer {

  private final int inputs;
  private final float[][] weightsOfInputs;
  private final float[] bias;
  private final Activation activation;

  private DenseLayer(int inputs, DenseWeights weights, Activation activation) {
    this.inputs = inputs;
    this.bias = weights.bias();
    this.weightsOfInputs = turned(weights.weight(), inputs, bias.length);
    this.activation = activation;
  }

  static DenseLayer of(DenseModule module, DenseWeights weights) {
    return new DenseLayer(module.inputs(), weights, module.activation());
  }

  private static float[][] turned(float[] weight, int inputs, int outputs) {
    float[][] turned = new float[inputs][outputs];
    for (int output = 0; output < outputs; output++) {
      for (int i = 0; i < inputs; i++) {
        turned[i][output] = weight[output * inputs + i];
      }
    }
    return turned;
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
    float[] result = bias.clone();
    for (int i = 0; i < inputs; i++) {
      float[] weights = weightsOfInputs[i];
      float value = vector[i];
      for (int output = 0; output < result.length; output++) {
        result[output] += weights[output] * value;
      }
    }
    for (int output = 0; output < result.length; output++) {
      result[output] = activation.apply(result[output]);
    }
    return result;
  }
}
