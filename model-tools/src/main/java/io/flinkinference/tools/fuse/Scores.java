package io.flinkinference.tools.fuse;

import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.session.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a softmax of attention is taken of: the scaled product of queries and keys, with terms added
 * to it.
 *
 * @param product the MatMul of queries and keys
 * @param scale by which the product is multiplied before anything is added
 * @param added names of the terms
 * @param conditions names of what replaces scores by a constant, as the mask of DistilBERT does
 */
record Scores(Node product, double scale, List<String> added, List<String> conditions) {

  static Optional<Scores> at(Graph graph, Observation observation, String value) {
    Scaled scaled = Scaled.at(graph, observation, value);
    Node node = graph.producer(scaled.value()).orElse(null);
    if (node == null) {
      return Optional.empty();
    }
    if (node.is("MatMul")) {
      boolean ofTwo = graph.constant(node.input(1)).isEmpty();
      return ofTwo
          ? Optional.of(new Scores(node, scaled.factor(), List.of(), List.of()))
          : Optional.empty();
    }
    // What is added before the scores are scaled would have to be scaled too.
    if (scaled.factor() != 1) {
      return Optional.empty();
    }
    if (node.is("Add")) {
      return at(graph, observation, node.input(0))
          .map(scores -> scores.with(node.input(1)))
          .or(() -> at(graph, observation, node.input(1)).map(one -> one.with(node.input(0))));
    }
    if (node.is("Where")) {
      for (int i = 1; i <= 2; i++) {
        if (observation.number(graph, node.input(3 - i)).isPresent()) {
          return at(graph, observation, node.input(i)).map(one -> one.where(node.input(0)));
        }
      }
    }
    return Optional.empty();
  }

  private Scores with(String term) {
    List<String> all = new ArrayList<>(added);
    all.add(term);
    return new Scores(product, scale, all, conditions);
  }

  private Scores where(String condition) {
    List<String> all = new ArrayList<>(conditions);
    all.add(condition);
    return new Scores(product, scale, added, all);
  }
}
