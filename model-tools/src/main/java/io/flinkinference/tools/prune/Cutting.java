package io.flinkinference.tools.prune;

import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.graph.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Takes pieces out of a graph: rows and columns of weights, so that these become smaller. */
final class Cutting {

  private final Graph graph;
  private final Units units;
  private final List<Integer> kept;

  private Cutting(Graph graph, Units units, List<Integer> kept) {
    this.graph = graph;
    this.units = units;
    this.kept = kept;
  }

  /**
   * Cuts.
   *
   * @param kept numbers of the pieces that stay, in their order
   * @param means of the channels; what they add on average goes into the bias
   */
  static void apply(Graph graph, Units units, List<Integer> kept, float[] means) {
    Cutting cutting = new Cutting(graph, units, channels(kept, units.size()));
    units.biases().forEach(bias -> cutting.compensate(bias, means));
    units.columns().forEach(cutting::columns);
    cutting.rows();
    int pieces = kept.size();
    units.splits().forEach(value -> cutting.reshape(value, 0, 0, pieces, units.size()));
    units.joins().forEach(value -> cutting.reshape(value, 0, 0, (long) pieces * units.size()));
  }

  private static List<Integer> channels(List<Integer> pieces, int size) {
    List<Integer> channels = new ArrayList<>();
    for (int piece : pieces) {
      for (int i = 0; i < size; i++) {
        channels.add(piece * size + i);
      }
    }
    return channels;
  }

  private void compensate(String name, float[] means) {
    boolean[] stays = new boolean[means.length];
    kept.forEach(channel -> stays[channel] = true);
    Tensor weights = graph.constant(units.into()).orElseThrow();
    float[] numbers = weights.toFloats();
    float[] bias = graph.constant(name).orElseThrow().toFloats();
    int width = weights.size(1);
    for (int channel = 0; channel < means.length; channel++) {
      for (int i = 0; i < width && !stays[channel]; i++) {
        bias[i] += means[channel] * numbers[channel * width + i];
      }
    }
    graph.setConstant(name, Tensor.floats(bias, width));
  }

  private void rows() {
    Tensor weights = graph.constant(units.into()).orElseThrow();
    int width = weights.size(1);
    float[] from = weights.toFloats();
    float[] to = new float[kept.size() * width];
    for (int row = 0; row < kept.size(); row++) {
      System.arraycopy(from, kept.get(row) * width, to, row * width, width);
    }
    graph.setConstant(units.into(), Tensor.floats(to, kept.size(), width));
  }

  private void columns(String name) {
    Tensor constant = graph.constant(name).orElseThrow();
    float[] from = constant.toFloats();
    long[] shape = constant.shape();
    int before = constant.size(shape.length - 1);
    int rows = from.length / before;
    float[] to = new float[rows * kept.size()];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < kept.size(); i++) {
        to[row * kept.size() + i] = from[row * before + kept.get(i)];
      }
    }
    shape[shape.length - 1] = kept.size();
    graph.setConstant(name, Tensor.floats(to, shape));
  }

  /** Gives a Reshape another shape, in which 0 stands for the size that was. */
  private void reshape(String value, long... shape) {
    Node node = graph.producer(value).orElseThrow();
    String constant = graph.addConstant(value + "_shape", Tensor.longs(shape, shape.length));
    graph.remove(List.of(node));
    graph.add(Node.of("Reshape", List.of(node.input(0), constant), value));
  }
}
