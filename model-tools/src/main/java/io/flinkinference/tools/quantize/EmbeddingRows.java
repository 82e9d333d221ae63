package io.flinkinference.tools.quantize;

import io.flinkinference.tools.graph.DeadNodes;
import io.flinkinference.tools.graph.ElementType;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.graph.Tensor;
import java.util.List;

/**
 * Tables of embeddings with 8 bits and a scale for each row. What is looked up is widened at once,
 * so that only memory is saved, and little is lost.
 */
final class EmbeddingRows {

  private static final int MOST = 127;

  /** Smaller tables, as of positions and types, are not worth three nodes. */
  private static final int LEAST_ROWS = 2_000;

  private EmbeddingRows() {}

  /**
   * Rounds all large tables.
   *
   * @return how many there were
   */
  static int quantize(Graph graph) {
    int made = 0;
    for (Node gather : graph.nodes("Gather")) {
      Tensor table = graph.constant(gather.input(0)).orElse(null);
      if (table != null
          && table.type() == ElementType.FLOAT
          && table.rank() == 2
          && table.size(0) >= LEAST_ROWS
          && gather.attribute("axis", 0L) == 0) {
        replace(graph, gather, table);
        made++;
      }
    }
    DeadNodes.remove(graph);
    return made;
  }

  private static void replace(Graph graph, Node gather, Tensor table) {
    int rows = table.size(0);
    int width = table.size(1);
    float[] weights = table.toFloats();
    byte[] values = new byte[weights.length];
    float[] scales = new float[rows];
    for (int row = 0; row < rows; row++) {
      float reach = Float.MIN_NORMAL;
      for (int i = row * width; i < (row + 1) * width; i++) {
        reach = Math.max(reach, Math.abs(weights[i]));
      }
      scales[row] = reach / MOST;
      for (int i = row * width; i < (row + 1) * width; i++) {
        values[i] = (byte) Math.round(weights[i] / scales[row]);
      }
    }
    String name = gather.output();
    String ids = gather.input(1);
    String rounded =
        graph.addConstant(name + "_rows", Tensor.bytes(ElementType.INT8, values, rows, width));
    String steps = graph.addConstant(name + "_rows_scale", Tensor.floats(scales, rows, 1));
    graph.remove(List.of(gather));
    String looked =
        add(graph, Node.of("Gather", List.of(rounded, ids), fresh(graph, name, "int8")));
    String scale = add(graph, Node.of("Gather", List.of(steps, ids), fresh(graph, name, "scale")));
    String wide =
        add(
            graph,
            Node.of("Cast", List.of(looked), fresh(graph, name, "wide"))
                .with("to", ElementType.FLOAT.onnx()));
    graph.add(Node.of("Mul", List.of(wide, scale), name));
  }

  private static String fresh(Graph graph, String name, String suffix) {
    return graph.freshName(name + "_" + suffix);
  }

  private static String add(Graph graph, Node node) {
    return graph.add(node).output();
  }
}
