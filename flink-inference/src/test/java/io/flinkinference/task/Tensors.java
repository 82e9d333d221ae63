package io.flinkinference.task;

import io.flinkinference.engine.FloatTensor;
import io.flinkinference.engine.Outputs;
import java.nio.FloatBuffer;
import java.util.Map;

/** Outputs that no engine made. */
final class Tensors {

  private Tensors() {}

  static Outputs of(String name, int[] shape, float... values) {
    return new Outputs(Map.of(name, new FloatTensor(FloatBuffer.wrap(values), shape)));
  }
}
