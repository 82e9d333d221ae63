package io.flinkinference.tools.finetune;

import io.flinkinference.text.Encoding;
import io.flinkinference.tools.descent.Lesson;
import io.flinkinference.tools.graph.ElementType;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.graph.Tensor;
import io.flinkinference.tools.train.Loss;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Supplier;

/** Texts with their labels, from which logits are learned. */
final class LabelLesson implements Lesson {

  private static final String TARGETS = "targets";
  private static final String SHARES = "shares";

  private final List<Encoding> texts;
  private final List<int[]> labels;
  private final double[] weights;
  private final double meanWeight;
  private final int width;
  private final Supplier<OptionalDouble> error;

  /**
   * @param labels of each text
   * @param weights of the texts
   * @param width how many labels there are
   */
  LabelLesson(
      List<Encoding> texts,
      List<int[]> labels,
      double[] weights,
      int width,
      Supplier<OptionalDouble> error) {
    this.texts = texts;
    this.labels = labels;
    this.weights = weights;
    this.meanWeight = Arrays.stream(weights).average().orElse(1);
    this.width = width;
    this.error = error;
  }

  /** Names of the inputs that are added to a graph. */
  static Set<String> inputs() {
    return Set.of(TARGETS, SHARES);
  }

  /**
   * Adds the gradient of the loss to a graph: probabilities less what they should be, times the
   * share of each text in the batch. It is the same for both losses.
   *
   * @return its name
   */
  static String seed(Graph graph, String logits, Loss loss, int width) {
    graph.addInput(TARGETS, ElementType.FLOAT, -1, width);
    graph.addInput(SHARES, ElementType.FLOAT, -1, 1);
    Node probabilities = Node.of(operator(loss), List.of(logits), graph.freshName("learned"));
    if (loss == Loss.SOFTMAX) {
      probabilities.with("axis", 1);
    }
    String found = graph.add(probabilities).output();
    String wrong = add(graph, "Sub", found, TARGETS);
    return add(graph, "Mul", wrong, SHARES);
  }

  private static String operator(Loss loss) {
    return switch (loss) {
      case SOFTMAX -> "Softmax";
      case SIGMOID -> "Sigmoid";
    };
  }

  private static String add(Graph graph, String operator, String left, String right) {
    return graph.add(Node.of(operator, List.of(left, right), graph.freshName("learned"))).output();
  }

  @Override
  public List<Encoding> texts() {
    return texts;
  }

  @Override
  public Map<String, Tensor> others(List<Integer> rows, List<Integer> batch) {
    // Not by the weights of this batch, or one of frequent labels alone would count as much.
    double all = batch.size() * meanWeight;
    float[] targets = new float[rows.size() * width];
    float[] shares = new float[rows.size()];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = (float) (weights[rows.get(i)] / all);
      for (int label : labels.get(rows.get(i))) {
        targets[i * width + label] = 1;
      }
    }
    return Map.of(
        TARGETS, Tensor.floats(targets, shares.length, width),
        SHARES, Tensor.floats(shares, shares.length, 1));
  }

  @Override
  public OptionalDouble error() {
    return error.get();
  }
}
