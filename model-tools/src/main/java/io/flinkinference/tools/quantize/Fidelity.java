package io.flinkinference.tools.quantize;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Tensor;
import io.flinkinference.tools.session.GraphSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How near the outputs of another form of a graph come to those of the first: the mean over some
 * texts of the cosine of what is read from the outputs.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
final class Fidelity {

  private final CalibrationTexts texts;
  private final List<float[]> expected;

  private Fidelity(CalibrationTexts texts, List<float[]> expected) {
    this.texts = texts;
    this.expected = expected;
  }

  static Fidelity to(Graph graph, CalibrationTexts texts) {
    return new Fidelity(texts, vectors(graph, all(texts)));
  }

  /** The mean cosines of another form. */
  Means means(Graph other) {
    List<float[]> found = vectors(other, all(texts));
    int heldOut = texts.heldOut().size();
    double mean = mean(found, 0, heldOut);
    return texts.otherDomain().isEmpty()
        ? new Means(mean, Double.NaN)
        : new Means(mean, mean(found, heldOut, found.size()));
  }

  /**
   * Mean cosines.
   *
   * @param heldOut on held-out texts
   * @param otherDomain on texts of another kind; {@code NaN} where there are none
   */
  record Means(double heldOut, double otherDomain) {

    /** A form is as good as it is where it is worse. */
    double worse() {
      return Double.isNaN(otherDomain) ? heldOut : Math.min(heldOut, otherDomain);
    }
  }

  private static List<Encoding> all(CalibrationTexts texts) {
    return Stream.concat(texts.heldOut().stream(), texts.otherDomain().stream()).toList();
  }

  private double mean(List<float[]> found, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += cosine(found.get(i), expected.get(i));
    }
    return sum / (to - from);
  }

  private static List<float[]> vectors(Graph graph, List<Encoding> texts) {
    List<float[]> vectors = new ArrayList<>();
    try (GraphSession session = GraphSession.open(graph)) {
      for (Encoding text : texts) {
        vectors.add(vector(session.run(TokenBatch.of(text))));
      }
    }
    return vectors;
  }

  /** The first output; of tokens' vectors the mean and the first, as poolings take them. */
  private static float[] vector(Map<String, Tensor> outputs) {
    Tensor tensor = outputs.values().iterator().next();
    float[] values = tensor.toFloats();
    if (tensor.rank() < 3) {
      return values;
    }
    int width = tensor.size(2);
    int tokens = tensor.size(1);
    float[] both = new float[2 * width];
    for (int i = 0; i < values.length; i++) {
      both[i % width] += values[i] / tokens;
    }
    System.arraycopy(values, 0, both, width, width);
    return both;
  }

  private static double cosine(float[] one, float[] other) {
    double dot = 0;
    double first = 0;
    double second = 0;
    for (int i = 0; i < one.length; i++) {
      dot += one[i] * other[i];
      first += one[i] * one[i];
      second += other[i] * other[i];
    }
    return dot / Math.sqrt(first * second);
  }
}
