package io.flinkinference.tools.finetune;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.descent.Parameters;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Tensor;
import io.flinkinference.tools.session.GraphSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What a graph says of texts with the weights as they are now. For one thread. */
final class Scores implements AutoCloseable {

  private static final int ROWS = 16;

  private final GraphSession session;

  private Scores(GraphSession session) {
    this.session = session;
  }

  /**
   * @param graph with one output
   * @param parameters constants of the graph, which are read anew each time
   */
  static Scores open(Graph graph, Parameters parameters) {
    return new Scores(parameters.open(graph));
  }

  /** Logits in the order of the texts. */
  List<double[]> of(List<Encoding> texts) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, texts.size()).boxed().toList());
    order.sort(Comparator.comparingInt(row -> texts.get(row).length()));
    double[][] logits = new double[texts.size()][];
    IntStream.rangeClosed(0, (texts.size() - 1) / ROWS)
        .parallel()
        .mapToObj(i -> order.subList(i * ROWS, Math.min(texts.size(), (i + 1) * ROWS)))
        .filter(rows -> !rows.isEmpty())
        .forEach(rows -> score(texts, rows, logits));
    return Arrays.asList(logits);
  }

  private void score(List<Encoding> texts, List<Integer> rows, double[][] logits) {
    Tensor tensor =
        session
            .run(TokenBatch.of(rows.stream().map(texts::get).toList()))
            .values()
            .iterator()
            .next();
    float[] values = tensor.toFloats();
    int width = values.length / rows.size();
    for (int i = 0; i < rows.size(); i++) {
      double[] row = new double[width];
      for (int k = 0; k < width; k++) {
        row[k] = values[i * width + k];
      }
      logits[rows.get(i)] = row;
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
