package io.flinkinference.engine;

import java.util.List;

/**
 * An input or output as the graph declares it.
 *
 * @param name name in the graph
 * @param shape dimensions, -1 where the graph leaves one open
 */
public record TensorSpec(String name, List<Long> shape) {

  public TensorSpec {
    shape = List.copyOf(shape);
  }

  /** Number of dimensions. */
  public int rank() {
    return shape.size();
  }

  /** As messages tell it, such as {@code last_hidden_state [-1, -1, 384]}. */
  @Override
  public String toString() {
    return name + " " + shape;
  }
}
