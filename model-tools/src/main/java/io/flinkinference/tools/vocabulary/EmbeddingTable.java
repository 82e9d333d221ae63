package io.flinkinference.tools.vocabulary;

import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.GraphException;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.graph.Tensor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The constants of a graph that have a row for each token. */
final class EmbeddingTable {

  private EmbeddingTable() {}

  /**
   * Takes rows out.
   *
   * @return number of rows before
   * @throws GraphException if no constant is looked up by {@code input_ids}
   */
  static int reduce(Graph graph, Keeping keeping) {
    Set<String> tables =
        ids(graph)
            .flatMap(ids -> graph.consumers(ids).stream())
            .filter(node -> node.is("Gather") && node.attribute("axis", 0L) == 0)
            .map(node -> node.input(0))
            .filter(name -> graph.constant(name).isPresent())
            .collect(Collectors.toSet());
    if (tables.isEmpty()) {
      throw new GraphException(
          "No constant of the graph is looked up by input_ids, so there is no embedding table to"
              + " make smaller.");
    }
    int rows = 0;
    for (String table : tables) {
      for (Node reader : graph.consumers(table)) {
        if (!reader.is("Gather")) {
          throw new GraphException(
              "The embedding table %s is read by the node %s of type %s too, which would lose tokens with it. Give a graph that has no output for each token of the vocabulary."
                  .formatted(table, reader.output(), reader.type()));
        }
      }
      Tensor tensor = graph.constant(table).orElseThrow();
      rows = tensor.size(0);
      requireNoScores(graph, rows);
      graph.setConstant(table, rows(tensor, keeping));
    }
    return rows;
  }

  /** Such as of a masked language model: they would be of the old tokens, told by new ids. */
  private static void requireNoScores(Graph graph, int rows) {
    for (ValueInfoProto output : graph.outputs()) {
      List<Dimension> shape = output.getType().getTensorType().getShape().getDimList();
      if (!shape.isEmpty() && shape.get(shape.size() - 1).getDimValue() == rows) {
        throw new GraphException(
            "The output %s has a number for each of the %d tokens of the vocabulary, which would lose tokens with it. Give a graph that has no such output."
                .formatted(output.getName(), rows));
      }
    }
  }

  /** The ids, and the ids in another type. */
  private static Stream<String> ids(Graph graph) {
    return Stream.concat(
        Stream.of("input_ids"),
        graph.consumers("input_ids").stream().filter(node -> node.is("Cast")).map(Node::output));
  }

  private static Tensor rows(Tensor table, Keeping keeping) {
    long[] shape = table.shape();
    if (keeping.oldId(keeping.size() - 1) >= shape[0]) {
      throw new GraphException(
          "The embedding table has %d rows, but the vocabulary reaches to the id %d. Take the added tokens with ids of %d and more out of tokenizer.json and tokenizer_config.json: no text with one of them can be scored as it is."
              .formatted(shape[0], keeping.oldId(keeping.size() - 1), shape[0]));
    }
    ByteBuffer from = table.data();
    int bytes = from.remaining() / (int) shape[0];
    ByteBuffer to = ByteBuffer.allocate(keeping.size() * bytes);
    for (int id = 0; id < keeping.size(); id++) {
      to.put(from.slice(keeping.oldId(id) * bytes, bytes));
    }
    shape[0] = keeping.size();
    return table.withData(to.flip(), shape);
  }
}
