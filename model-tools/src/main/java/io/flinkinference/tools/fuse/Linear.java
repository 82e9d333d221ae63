package io.flinkinference.tools.fuse;

import io.flinkinference.tools.graph.ElementType;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.graph.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * A linear layer: a MatMul with constant weights, and maybe an Add of a constant bias.
 *
 * @param input name of what it reads
 * @param weights of shape [in, out]
 * @param bias of shape [out]; null where there is none
 * @param names of the constants
 */
record Linear(String input, Tensor weights, Tensor bias, List<String> names) {

  /** The layer whose output is a value. */
  static Optional<Linear> at(Graph graph, String output) {
    Optional<Node> producer = graph.producer(output);
    if (producer.isEmpty()) {
      return Optional.empty();
    }
    Node node = producer.get();
    if (node.is("Add")) {
      for (int i = 0; i < 2; i++) {
        Optional<Tensor> bias = graph.constant(node.input(i)).filter(one -> one.rank() == 1);
        Optional<Linear> product = product(graph, node.input(1 - i));
        if (bias.isPresent() && product.isPresent()) {
          String name = node.input(i);
          return product.map(one -> one.with(name, bias.get()));
        }
      }
      return Optional.empty();
    }
    return product(graph, output);
  }

  private static Optional<Linear> product(Graph graph, String output) {
    return graph
        .producer(output)
        .filter(node -> node.is("MatMul"))
        .flatMap(
            node ->
                graph
                    .constant(node.input(1))
                    .filter(one -> one.rank() == 2 && one.type() == ElementType.FLOAT)
                    .map(
                        weights ->
                            new Linear(node.input(0), weights, null, List.of(node.input(1)))));
  }

  private Linear with(String name, Tensor added) {
    return new Linear(input, weights, added, List.of(names.get(0), name));
  }

  int inputSize() {
    return weights.size(0);
  }

  int outputSize() {
    return weights.size(1);
  }
}
