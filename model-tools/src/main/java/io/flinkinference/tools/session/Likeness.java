package io.flinkinference.tools.session;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * How near what other graphs say of some texts comes to what one says, by the output that holds its
 * answers.
 *
 * <p>Of vectors it is the cosine. A single number has no direction: there it is {@code 1 - (a -
 * b)^2 / 2v} with the variance v of the one's numbers over the texts. That is what a cosine is to
 * the second order, if the spread of the numbers stands for the length of the vector.
 *
 * <p><b>Thread safety:</b> immutable.
 */
public final class Likeness {

  private final List<Encoding> texts;
  private final String output;
  private final List<float[]> expected;
  private final double variance;

  private Likeness(List<Encoding> texts, String output, List<float[]> expected) {
    this.texts = texts;
    this.output = output;
    this.expected = expected;
    this.variance = variance(expected);
  }

  /**
   * Asks the one graph.
   *
   * @param done called with each text that is answered, by any threads at once
   */
  public static Likeness to(Graph graph, List<Encoding> texts, Runnable done) {
    String output = AnswerOutput.of(graph);
    try (GraphSession session = GraphSession.open(graph)) {
      return new Likeness(texts, output, vectors(texts, output, told(session, done)));
    }
  }

  /**
   * Asks another graph, whose output has the same name.
   *
   * @param done called with each text that is answered, by any threads at once
   */
  public List<Near> of(Graph other, Runnable done) {
    try (GraphSession session = GraphSession.open(other)) {
      return of(told(session, done));
    }
  }

  private static Function<TokenBatch, Map<String, Tensor>> told(
      GraphSession session, Runnable done) {
    return batch -> {
      Map<String, Tensor> answer = session.run(batch);
      done.run();
      return answer;
    };
  }

  /** Asks what runs another graph; any number of threads call it at once. */
  public List<Near> of(Function<TokenBatch, Map<String, Tensor>> other) {
    List<float[]> found = vectors(texts, output, other);
    return IntStream.range(0, found.size())
        .mapToObj(i -> near(expected.get(i), found.get(i)))
        .toList();
  }

  /**
   * How near one text's vectors are.
   *
   * @param likeness at most 1; 0 where there is no telling, as for numbers that are none
   * @param distance squared, between both
   * @param length squared, of the one's vector
   */
  public record Near(double likeness, double distance, double length) {}

  private Near near(float[] one, float[] other) {
    double product = 0;
    double length = 0;
    double otherLength = 0;
    double distance = 0;
    for (int i = 0; i < one.length; i++) {
      product += (double) one[i] * other[i];
      length += (double) one[i] * one[i];
      otherLength += (double) other[i] * other[i];
      distance += ((double) one[i] - other[i]) * ((double) one[i] - other[i]);
    }
    double likeness =
        one.length > 1 ? product / Math.sqrt(length * otherLength) : 1 - distance / (2 * variance);
    return new Near(Double.isNaN(likeness) ? 0 : likeness, distance, length);
  }

  private static double variance(List<float[]> numbers) {
    double sum = 0;
    double squares = 0;
    for (float[] number : numbers) {
      sum += number[0];
      squares += (double) number[0] * number[0];
    }
    double mean = sum / numbers.size();
    return squares / numbers.size() - mean * mean;
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
