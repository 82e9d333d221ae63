package io.flinkinference.engine;

import java.util.Map;

/**
 * The outputs of one run, by name.
 *
 * @param tensors valid until the reader returns
 */
public record Outputs(Map<String, FloatTensor> tensors) {

  /** The output of a name. */
  public FloatTensor get(String name) {
    FloatTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "The model has no output '" + name + "'. It has " + tensors.keySet() + ".");
    }
    return tensor;
  }
}
