package io.flinkinference.tools.graph;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Keeps one of the constants that are equal, for all who read them: what layers share stays shared
 * when each of them was rewritten by itself.
 */
public final class EqualConstants {

  private EqualConstants() {}

  /** Merges them. Those that callers may fetch or set stay. */
  public static void merge(Graph graph) {
    Map<Content, String> kept = new HashMap<>();
    for (String name : List.copyOf(graph.constants())) {
      if (graph.isOutput(name) || graph.isInput(name)) {
        continue;
      }
      String first = kept.putIfAbsent(Content.of(graph.constant(name).orElseThrow()), name);
      if (first != null) {
        graph.replaceReads(name, first);
        graph.removeConstant(name);
      }
    }
  }

  private record Content(ElementType type, List<Long> shape, ByteBuffer data) {

    static Content of(Tensor tensor) {
      return new Content(
          tensor.type(), LongStream.of(tensor.shape()).boxed().toList(), tensor.data());
    }
  }
}
