package io.flinkinference.tools.prune;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.autodiff.Differentiation;
import io.flinkinference.tools.fuse.Fusion;
import io.flinkinference.tools.graph.DeadNodes;
import io.flinkinference.tools.graph.ElementType;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Tensor;
import io.flinkinference.tools.progress.Progress;
import io.flinkinference.tools.session.AnswerOutput;
import io.flinkinference.tools.session.GraphSession;
import io.flinkinference.tools.session.Observation;
import io.flinkinference.tools.session.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * How much the output would move, to first order, if a piece no longer said anything of its own but
 * only its mean: the expected square of the change along random directions, over some texts.
 *
 * <p>The change that a channel makes, its value times its gradient summed over the tokens, is its
 * row of weights times the gradient of that row; so only gradients of weights are needed.
 */
final class Importance {

  private static final String WAY = "way";

  private final Graph graph;
  private final List<Units> units;
  private final Map<Units, float[]> means;
  private final String output;
  private final Map<String, Weights> gradients = new LinkedHashMap<>();
  private final Map<String, String> names = new HashMap<>();
  private final Map<Units, double[]> sums = new LinkedHashMap<>();

  private Importance(Graph graph, List<Units> units, Map<Units, float[]> means) {
    this.graph = graph.copy();
    this.units = units;
    this.means = means;
    this.output = AnswerOutput.of(graph);
    units.forEach(one -> sums.put(one, new double[one.count()]));
  }

  /**
   * The importance of each piece.
   *
   * @param means of the channels
   */
  static Map<Units, double[]> of(
      Graph graph,
      List<Units> units,
      Map<Units, float[]> means,
      List<Encoding> texts,
      Progress progress) {
    return new Importance(graph, units, means).measure(texts, progress);
  }

  private Map<Units, double[]> measure(List<Encoding> texts, Progress progress) {
    try {
      return measured(texts, progress);
    } finally {
      gradients.values().forEach(Weights::close);
    }
  }

  private Map<Units, double[]> measured(List<Encoding> texts, Progress progress) {
    Fusion.fuseDerivable(graph);
    Observation observation = Observation.of(graph);
    long[] shape = observation.shape(output).orElseThrow();
    long[] open = shape.clone();
    Arrays.fill(open, -1);
    graph.addInput(WAY, ElementType.FLOAT, open);
    derive(observation);
    Random random = new Random(1);
    try (GraphSession session = GraphSession.open(graph, Map.of(), Set.of(WAY));
        Progress.Work work = progress.begin("weighing", texts.size())) {
      for (Encoding text : texts) {
        Tensor way = way(shape, observation, text, random);
        session.run(TokenBatch.of(text), Map.of(WAY, way), gradients);
        units.forEach(this::add);
        work.step();
      }
    }
    return sums;
  }

  private void derive(Observation observation) {
    Set<String> wanted = new LinkedHashSet<>();
    for (Units one : units) {
      wanted.add(one.into());
      wanted.addAll(one.biases());
    }
    names.putAll(Differentiation.gradients(graph, observation, Map.of(output, WAY), wanted));
    graph.setOutputs(List.of());
    for (String name : wanted) {
      graph.addOutput(names.get(name));
      gradients.put(names.get(name), Weights.zeros(graph.constant(name).orElseThrow()));
    }
    DeadNodes.remove(graph);
  }

  /** A random direction of the outputs of a text. */
  private static Tensor way(
      long[] observed, Observation observation, Encoding text, Random random) {
    long[] shape = observed.clone();
    shape[0] = 1;
    if (shape.length == 3 && shape[1] == observation.width()) {
      shape[1] = text.length();
    }
    int count = 1;
    for (long size : shape) {
      count *= (int) size;
    }
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.floats(values, shape);
  }

  private void add(Units one) {
    double[] sum = sums.get(one);
    Tensor weights = graph.constant(one.into()).orElseThrow();
    int width = weights.size(1);
    float[] rows = weights.toFloats();
    float[] slopes = read(one.into());
    float[] bias = new float[width];
    for (String name : one.biases()) {
      float[] part = read(name);
      for (int i = 0; i < width; i++) {
        bias[i] += part[i];
      }
    }
    for (int piece = 0; piece < one.count(); piece++) {
      double change = 0;
      for (int channel = piece * one.size(); channel < (piece + 1) * one.size(); channel++) {
        double mean = means.get(one)[channel];
        for (int i = 0; i < width; i++) {
          int at = channel * width + i;
          change += rows[at] * (slopes[at] - mean * bias[i]);
        }
      }
      sum[piece] += change * change;
    }
  }

  private float[] read(String constant) {
    Weights gradient = gradients.get(names.get(constant));
    float[] values = new float[gradient.count()];
    gradient.get(0, values, values.length);
    return values;
  }

  /** Numbers of the pieces that are kept when a share of all is taken out, the least important. */
  static Map<Units, List<Integer>> kept(Map<Units, double[]> importance, double share, int round) {
    List<Piece> all = new ArrayList<>();
    importance.forEach(
        (units, one) -> {
          for (int i = 0; i < one.length; i++) {
            all.add(new Piece(units, i, one[i]));
          }
        });
    // By rank, not by a limit: of pieces that do nothing at all there may be more than the share.
    all.sort(Comparator.comparingDouble(Piece::importance));
    Map<Units, Integer> left = new HashMap<>();
    importance.forEach((units, one) -> left.put(units, one.length));
    for (Piece piece : all.subList(0, (int) Math.round(share * all.size()))) {
      left.merge(piece.units(), -1, Integer::sum);
    }
    Map<Units, List<Integer>> kept = new LinkedHashMap<>();
    for (Units units : importance.keySet()) {
      // Whole blocks of channels are what processors compute with.
      int rounded = Math.max(1, (left.get(units) + round / 2) / round) * round;
      int[] best =
          all.stream()
              .filter(piece -> piece.units().equals(units))
              .sorted(Comparator.comparingDouble(piece -> -piece.importance()))
              .limit(rounded)
              .mapToInt(Piece::number)
              .toArray();
      kept.put(units, Arrays.stream(best).sorted().boxed().toList());
    }
    return kept;
  }

  private record Piece(Units units, int number, double importance) {}
}
