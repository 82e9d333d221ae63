package io.flinkinference.tools.prune;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Tensor;
import io.flinkinference.tools.session.GraphSession;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What a graph says of some texts, to be held against what others say. */
final class Outputs {

  private final List<Encoding> texts;
  private final String output;
  private final List<float[]> vectors;

  private Outputs(List<Encoding> texts, String output, List<float[]> vectors) {
    this.texts = texts;
    this.output = output;
    this.vectors = vectors;
  }

  static Outputs of(Graph graph, List<Encoding> texts) {
    String output = graph.outputs().get(0).getName();
    try (GraphSession session = GraphSession.open(graph)) {
      return new Outputs(texts, output, vectors(texts, output, session::run));
    }
  }

  /** How near another graph comes. */
  Closeness of(Graph other) {
    try (GraphSession session = GraphSession.open(other)) {
      return of(session::run);
    }
  }

  Closeness of(Function<TokenBatch, Map<String, Tensor>> run) {
    List<float[]> others = vectors(texts, output, run);
    double cosines = 0;
    double distances = 0;
    double lengths = 0;
    for (int i = 0; i < others.size(); i++) {
      double product = 0;
      double length = 0;
      double otherLength = 0;
      for (int k = 0; k < others.get(i).length; k++) {
        double one = vectors.get(i)[k];
        double two = others.get(i)[k];
        product += one * two;
        length += one * one;
        otherLength += two * two;
        distances += (one - two) * (one - two);
      }
      lengths += length;
      cosines += product / Math.sqrt(length * otherLength);
    }
    return new Closeness(cosines / others.size(), distances / lengths);
  }

  private static List<float[]> vectors(
      List<Encoding> texts, String output, Function<TokenBatch, Map<String, Tensor>> run) {
    return texts.parallelStream()
        .map(text -> vector(run.apply(TokenBatch.of(text)).get(output)))
        .toList();
  }

  /** Of tokens' vectors the mean and the first, as poolings take them. */
  private static float[] vector(Tensor tensor) {
    float[] values = tensor.toFloats();
    if (tensor.rank() < 3) {
      return values;
    }
    int width = tensor.size(2);
    float[] both = new float[2 * width];
    for (int i = 0; i < values.length; i++) {
      both[i % width] += values[i] / tensor.size(1);
    }
    System.arraycopy(values, 0, both, width, width);
    return both;
  }
}
