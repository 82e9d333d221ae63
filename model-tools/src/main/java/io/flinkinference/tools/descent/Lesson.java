package io.flinkinference.tools.descent;

import io.flinkinference.text.Encoding;
import io.flinkinference.tools.graph.Tensor;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What is learned.
 *
 * <p><b>Thread safety:</b> {@link #others} is called by several threads at once, the other methods
 * by one.
 */
public interface Lesson {

  /** The texts to learn from. */
  List<Encoding> texts();

  /**
   * What the graph is fed beside tokens.
   *
   * @param rows numbers of the texts of this part of a batch
   * @param batch numbers of all texts of the batch, over which the loss is a mean
   */
  Map<String, Tensor> others(List<Integer> rows, List<Integer> batch);

  /**
   * How wrong the weights are as they are now, on texts that are not learned from; empty where
   * there are none, and the last weights are taken for the best.
   */
  OptionalDouble error();
}
