package io.flinkinference.tools.autodiff;

import io.flinkinference.tools.graph.Node;

/**
 * How the gradient of what an operator writes becomes the gradients of what it reads. Stateless.
 */
@FunctionalInterface
interface Derivative {

  /**
   * Adds nodes for the gradients of those inputs that are wanted.
   *
   * @param gradient name of the gradient of the node's first output
   * @throws io.flinkinference.tools.graph.GraphException if the node has attributes that are not
   *     known here
   */
  void apply(Node node, String gradient, Backward backward);
}
