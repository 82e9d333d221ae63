package io.flinkinference.tools.autodiff;

import io.flinkinference.tools.graph.Node;
import java.util.Map;

/** Products of matrices. */
final class Products {

  static final Map<String, Derivative> ALL =
      Map.of("MatMul", Products::product, "Gemm", Products::general);

  private Products() {}

  private static void product(Node node, String gradient, Backward to) {
    String left = node.input(0);
    String right = node.input(1);
    int leftRank = to.rank(left);
    int rightRank = to.rank(right);
    if (leftRank < 2 || rightRank < 2) {
      throw Backward.refused(
          node,
          "one of its sides is no matrix but a list.",
          "both sides have two dimensions at least");
    }
    if (to.wants(left)) {
      String part = to.product(gradient, false, right, true);
      to.giveSummed(left, part, withBatch(to.shape(node.output()), to.shape(left)));
    }
    if (to.wants(right)) {
      if (rightRank == 2) {
        String rows = flat(left, to.shape(left), to);
        String gradients = flat(gradient, to.shape(node.output()), to);
        to.give(right, to.product(rows, true, gradients, false));
      } else {
        String part = to.product(left, true, gradient, false);
        to.giveSummed(right, part, withBatch(to.shape(node.output()), to.shape(right)));
      }
    }
  }

  /** The leading dimensions of a product with the matrices of one side. */
  private static long[] withBatch(long[] product, long[] side) {
    long[] shape = product.clone();
    System.arraycopy(side, side.length - 2, shape, shape.length - 2, 2);
    return shape;
  }

  /** All rows of all matrices below each other. */
  private static String flat(String value, long[] shape, Backward to) {
    return shape.length == 2
        ? value
        : to.op("Reshape", value, to.numbers(-1, shape[shape.length - 1]));
  }

  private static void general(Node node, String gradient, Backward to) {
    boolean turned = node.attribute("transB", 0L) == 1;
    if (node.attribute("transA", 0L) != 0
        || node.attribute("alpha", 1f) != 1
        || node.attribute("beta", 1f) != 1) {
      throw Backward.refused(
          node,
          "it turns its first side, or has factors.",
          "transA is 0, and alpha and beta are 1");
    }
    String left = node.input(0);
    String right = node.input(1);
    if (to.wants(left)) {
      to.give(left, to.product(gradient, false, right, !turned));
    }
    if (to.wants(right)) {
      to.give(
          right,
          turned
              ? to.product(gradient, true, left, false)
              : to.product(left, true, gradient, false));
    }
    to.giveSummed(node.input(2), gradient, to.shape(node.output()));
  }
}
