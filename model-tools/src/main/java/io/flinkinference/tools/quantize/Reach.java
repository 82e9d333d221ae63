package io.flinkinference.tools.quantize;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.TensorInfo;
import io.flinkinference.batch.TokenBatch;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.progress.Progress;
import io.flinkinference.tools.session.GraphSession;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How far the numbers of all float values of a graph are from zero, over some texts. Sums are taken
 * to be over tokens, and to grow with them up to the longest text that a model could get.
 */
final class Reach {

  private static final int MOST_TOKENS = 8_192;

  private Reach() {}

  /** The greatest distances by the names of values that nodes write. */
  static Map<String, Float> of(Graph graph, List<Encoding> texts, Progress progress) {
    Graph open = graph.copy();
    for (Node node : graph.nodes()) {
      node.outputs().stream().filter(name -> !name.isEmpty()).forEach(open::addOutput);
    }
    Map<String, Float> reach = new HashMap<>();
    try (Progress.Work work = progress.begin("Calibrating", texts.size());
        GraphSession session = GraphSession.open(open)) {
      Set<String> floats = new TreeSet<>();
      session
          .outputs()
          .forEach(
              (name, node) -> {
                if (node.getInfo() instanceof TensorInfo info && info.type == OnnxJavaType.FLOAT) {
                  floats.add(name);
                }
              });
      for (Encoding text : texts) {
        // One value at a time: together those of a long text would fill the heap.
        session.look(
            TokenBatch.of(text),
            floats,
            (name, value) ->
                reach.merge(name, most(((OnnxTensor) value).getFloatBuffer()), Math::max));
        work.step();
      }
    }
    int longest = texts.stream().mapToInt(Encoding::length).max().orElse(1);
    for (Node node : graph.nodes("ReduceSum")) {
      reach.computeIfPresent(node.output(), (name, most) -> most * MOST_TOKENS / longest);
    }
    return reach;
  }

  /** The greatest distance from zero; infinite where something is no number. */
  static float most(FloatBuffer values) {
    float most = 0;
    while (values.hasRemaining()) {
      float value = values.get();
      most = Float.isNaN(value) ? Float.POSITIVE_INFINITY : Math.max(most, Math.abs(value));
    }
    return most;
  }
}
