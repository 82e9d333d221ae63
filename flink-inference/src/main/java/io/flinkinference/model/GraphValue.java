package io.flinkinference.model;

import java.util.List;

/**
 * An input or output as an ONNX graph declares it.
 *
 * @param name as in the graph
 * @param type of its elements, such as {@code int64}; {@code other} for what a text model has not
 * @param shape sizes and names of its dimensions; {@code ?} for one that has neither
 */
public record GraphValue(String name, String type, List<String> shape) {

  public GraphValue {
    shape = List.copyOf(shape);
  }

  /** Size of the last dimension, or -1 where the graph leaves it open. */
  int lastSize() {
    String last = shape.isEmpty() ? "" : shape.get(shape.size() - 1);
    return last.matches("\\d{1,9}") ? Integer.parseInt(last) : -1;
  }

  @Override
  public String toString() {
    return name + " " + type + shape;
  }
}
