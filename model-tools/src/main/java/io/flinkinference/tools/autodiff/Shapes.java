package io.flinkinference.tools.autodiff;

import io.flinkinference.tools.graph.Node;
import java.util.HashMap;
import java.util.Map;

/** The same elements in another shape or order. */
final class Shapes {

  static final Map<String, Derivative> ALL = new HashMap<>();

  static {
    for (String type : new String[] {"Reshape", "Flatten", "Squeeze", "Unsqueeze"}) {
      ALL.put(type, Shapes::reshaped);
    }
    ALL.put("Transpose", Shapes::transposed);
    ALL.put("Expand", Shapes::expanded);
  }

  private Shapes() {}

  private static void reshaped(Node node, String gradient, Backward to) {
    to.give(node.input(0), to.reshapedLike(gradient, node.input(0)));
  }

  private static void transposed(Node node, String gradient, Backward to) {
    int rank = to.rank(node.input(0));
    long[] order = node.numbers("perm").orElse(null);
    long[] back = new long[rank];
    for (int i = 0; i < rank; i++) {
      back[order == null ? rank - 1 - i : (int) order[i]] = i;
    }
    to.give(node.input(0), to.transposed(gradient, back));
  }

  private static void expanded(Node node, String gradient, Backward to) {
    to.giveSummed(node.input(0), gradient, to.shape(node.output()));
  }
}
