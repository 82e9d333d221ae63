package io.flinkinference.tools.session;

import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import io.flinkinference.batch.TokenBatch;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares a rewritten graph with what it was, value by value: rewrites keep the names of what is
 * still computed, so every node that was put in has a value to be held against.
 *
 * @param values that both graphs compute, floats
 * @param largest difference between two numbers, as a part of the larger or, below 1, of 1
 * @param where the value with that difference
 */
public record ValueCheck(int values, double largest, String where) {

  /**
   * Runs both graphs on the same batches.
   *
   * @param batches of which all values are compared, and kept meanwhile
   * @param large of which what the graph gives is compared alone
   * @param tolerance most that {@link #largest} may be
   * @param done called with each batch that is compared
   * @throws OtherGraphException if a value has another shape, or differs by more
   */
  public static ValueCheck of(
      Graph before,
      Graph after,
      List<TokenBatch> batches,
      List<TokenBatch> large,
      double tolerance,
      Runnable done) {
    Set<String> shared = written(before);
    shared.retainAll(written(after));
    Graph one = opened(before, shared);
    Graph two = opened(after, shared);
    ValueCheck check = new ValueCheck(0, 0, "");
    try (GraphSession original = GraphSession.open(one);
        GraphSession rewritten = GraphSession.open(two)) {
      for (TokenBatch batch : batches) {
        check = check.worse(compare(original, rewritten, batch, original.outputs().keySet()));
        done.run();
      }
      Set<String> given = names(before.outputs());
      for (TokenBatch batch : large) {
        check = check.worse(compare(original, rewritten, batch, given));
        done.run();
      }
    }
    if (!(check.largest <= tolerance)) {
      throw new OtherGraphException(
          "The rewritten graph is wrong at %s: a number differs by %.3g, more than %.3g. Give another export of the model."
              .formatted(check.where, check.largest, tolerance));
    }
    return check;
  }

  private static Set<String> written(Graph graph) {
    Set<String> names = new HashSet<>();
    for (Node node : graph.nodes()) {
      node.outputs().stream().filter(name -> !name.isEmpty()).forEach(names::add);
    }
    return names;
  }

  private static Graph opened(Graph graph, Set<String> values) {
    Graph open = graph.copy();
    values.forEach(open::addOutput);
    return open;
  }

  private static Set<String> names(List<ValueInfoProto> outputs) {
    return outputs.stream().map(ValueInfoProto::getName).collect(Collectors.toSet());
  }

  private static ValueCheck compare(
      GraphSession original, GraphSession rewritten, TokenBatch batch, Set<String> outputs) {
    return compare(values(original, batch, outputs), values(rewritten, batch, outputs));
  }

  private static Map<String, Value> values(
      GraphSession session, TokenBatch batch, Set<String> outputs) {
    Map<String, Value> values = new HashMap<>();
    session.look(batch, outputs, (name, value) -> put(values, name, value));
    return values;
  }

  private static void put(Map<String, Value> values, String name, OnnxValue value) {
    if (value instanceof OnnxTensor tensor && isFloat(tensor.getInfo().type)) {
      values.put(name, new Value(tensor.getInfo().getShape(), tensor.getFloatBuffer()));
    }
  }

  private static boolean isFloat(OnnxJavaType type) {
    return type == OnnxJavaType.FLOAT || type == OnnxJavaType.FLOAT16;
  }

  private static ValueCheck compare(Map<String, Value> before, Map<String, Value> after) {
    ValueCheck worst = new ValueCheck(before.size(), 0, "");
    for (Map.Entry<String, Value> one : before.entrySet()) {
      Value expected = one.getValue();
      Value found = after.get(one.getKey());
      if (found == null || !Arrays.equals(expected.shape, found.shape)) {
        throw new OtherGraphException(
            "The rewritten graph is wrong at %s: it has the shape %s and not %s. Give another export of the model."
                .formatted(
                    one.getKey(),
                    found == null ? "of no float" : Arrays.toString(found.shape),
                    Arrays.toString(expected.shape)));
      }
      worst = worst.worse(new ValueCheck(before.size(), expected.difference(found), one.getKey()));
    }
    return worst;
  }

  private ValueCheck worse(ValueCheck other) {
    int most = Math.max(values, other.values);
    return other.largest > largest
        ? new ValueCheck(most, other.largest, other.where)
        : new ValueCheck(most, largest, where);
  }

  private static final class Value {

    private final long[] shape;
    private final FloatBuffer numbers;

    Value(long[] shape, FloatBuffer numbers) {
      this.shape = shape;
      this.numbers = numbers;
    }

    double difference(Value other) {
      double largest = 0;
      for (int i = 0; i < numbers.limit(); i++) {
        float one = numbers.get(i);
        float two = other.numbers.get(i);
        // Equal infinities have no difference that is a number.
        if (Float.compare(one, two) != 0) {
          double scale = Math.max(1, Math.max(Math.abs(one), Math.abs(two)));
          double difference = Math.abs((double) one - two) / scale;
          largest =
              Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
        }
      }
      return largest;
    }
  }
}
