package io.flinkinference.tools.prune;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Tensor;
import io.flinkinference.tools.progress.Progress;
import io.flinkinference.tools.session.GraphSession;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What each channel is on average, over the tokens of some texts. */
final class Means {

  private Means() {}

  static Map<Units, float[]> of(
      Graph graph, List<Units> units, List<Encoding> texts, Progress progress) {
    Graph open = graph.copy();
    Set<String> values = new LinkedHashSet<>();
    units.forEach(one -> values.addAll(one.reads()));
    values.forEach(open::addOutput);
    Map<String, double[]> sums = new HashMap<>();
    int tokens = 0;
    try (Progress.Work work = progress.begin("averaging", texts.size());
        GraphSession session = GraphSession.open(open)) {
      for (Encoding text : texts) {
        session.run(TokenBatch.of(text), values).forEach((name, value) -> add(sums, name, value));
        tokens += text.length();
        work.step();
      }
    }
    Map<Units, float[]> means = new HashMap<>();
    for (Units one : units) {
      float[] mean = new float[one.count() * one.size()];
      for (String value : one.reads()) {
        for (int i = 0; i < mean.length; i++) {
          mean[i] += (float) (sums.get(value)[i] / tokens / one.reads().size());
        }
      }
      means.put(one, mean);
    }
    return means;
  }

  private static void add(Map<String, double[]> sums, String name, Tensor value) {
    int width = value.size(2);
    double[] sum = sums.computeIfAbsent(name, one -> new double[width]);
    float[] numbers = value.toFloats();
    for (int i = 0; i < numbers.length; i++) {
      sum[i % width] += numbers[i];
    }
  }
}
