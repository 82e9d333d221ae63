package io.flinkinference.tools.quantize;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.flinkinference.tools.graph.DeadNodes;
import io.flinkinference.tools.graph.ElementType;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.graph.Tensor;
import java.util.List;

/**
 * Tables of the tokens' embeddings with 8 bits and a scale for each row, a quarter of their size.
 * Tables of positions and types are small and stay.
 */
final class RowTables {

  private static final String IDS = "input_ids";
  private static final int MOST = 127;

  private RowTables() {}

  /** Changes a graph; returns how many tables there were. */
  static int quantize(Graph graph) {
    int tables = 0;
    for (String name : List.copyOf(graph.constants())) {
      Tensor table = graph.constant(name).orElseThrow();
      List<Node> readers = graph.consumers(name);
      if (table.rank() == 2
          && table.type() == ElementType.FLOAT
          && !readers.isEmpty()
          && readers.stream().allMatch(reader -> looksUpTokens(graph, reader, name))) {
        replace(graph, name, table, readers);
        tables++;
      }
    }
    DeadNodes.remove(graph);
    return tables;
  }

  private static boolean looksUpTokens(Graph graph, Node node, String table) {
    return node.is("Gather")
        && node.input(0).equals(table)
        && node.attribute("axis", 0L) == 0
        && isIds(graph, node.input(1));
  }

  private static boolean isIds(Graph graph, String value) {
    return value.equals(IDS)
        || graph
            .producer(value)
            .filter(node -> node.is("Cast") || node.is("Identity"))
            .filter(node -> isIds(graph, node.input(0)))
            .isPresent();
  }

  private static void replace(Graph graph, String name, Tensor table, List<Node> readers) {
    int rows = table.size(0);
    int width = table.size(1);
    float[] weights = table.toFloats();
    byte[] values = new byte[weights.length];
    float[] scales = new float[rows];
    for (int row = 0; row < rows; row++) {
      float reach = 0;
      for (int i = row * width; i < (row + 1) * width; i++) {
        reach = Math.max(reach, Math.abs(weights[i]));
      }
      scales[row] = reach == 0 ? 1 : reach / MOST;
      for (int i = row * width; i < (row + 1) * width; i++) {
        values[i] = (byte) Math.round(weights[i] / scales[row]);
      }
    }
    String bytes =
        graph.addConstant(name + "_int8", Tensor.bytes(ElementType.INT8, values, rows, width));
    String factors = graph.addConstant(name + "_scales", Tensor.floats(scales, rows, 1));
    for (Node reader : readers) {
      look(graph, reader, bytes, factors);
    }
  }

  private static void look(Graph graph, Node reader, String bytes, String factors) {
    String output = reader.output();
    String ids = reader.input(1);
    graph.remove(List.of(reader));
    String row = graph.freshName(output + "_int8");
    String wide = graph.freshName(output + "_wide");
    String scale = graph.freshName(output + "_scale");
    graph.add(Node.of("Gather", List.of(bytes, ids), row));
    graph.add(Node.of("Cast", List.of(row), wide).with("to", DataType.FLOAT.getNumber()));
    graph.add(Node.of("Gather", List.of(factors, ids), scale));
    graph.add(Node.of("Mul", List.of(wide, scale), output));
  }
}
