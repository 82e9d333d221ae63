package io.flinkinference.benchmarks.infinity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes an ONNX graph node by node. Field numbers are those of <a
 * href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</a>. Used by one thread.
 */
final class GraphWriter {

  static final int FLOAT = 1;
  static final int INT64 = 7;

  private static final int IR_VERSION = 8;
  private static final int OPSET = 17;
  private static final int EXTERNAL = 1;

  private final WeightFile weights;
  private final long seed;
  private final List<Message> nodes = new ArrayList<>();
  private final List<Message> tensors = new ArrayList<>();
  private long parameters;

  /**
   * @param weights holds what is written by {@link #weight}
   * @param seed of the weights
   */
  GraphWriter(WeightFile weights, long seed) {
    this.weights = weights;
    this.seed = seed;
  }

  /** Numbers of all weights and vectors. */
  long parameters() {
    return parameters;
  }

  /** Adds a node and returns the name of its output. */
  String node(String operator, List<Attribute> attributes, String... inputs) {
    String output = operator + "_" + nodes.size();
    add(operator, attributes, output, inputs);
    return output;
  }

  /** Adds a node without attributes and returns the name of its output. */
  String node(String operator, String... inputs) {
    return node(operator, List.of(), inputs);
  }

  /** Adds the node of an output of the graph, under the output's name. */
  void output(String name, String operator, List<Attribute> attributes, String... inputs) {
    add(operator, attributes, name, inputs);
  }

  private void add(String operator, List<Attribute> attributes, String output, String... inputs) {
    Message node = new Message();
    for (String input : inputs) {
      node.text(1, input);
    }
    node.text(2, output).text(3, "node_" + output).text(4, operator);
    attributes.forEach(attribute -> node.message(5, attribute.message()));
    nodes.add(node);
  }

  /** A matrix of random weights, in the file beside the graph. */
  String weight(String name, long... dimensions) throws IOException {
    long elements = count(dimensions);
    long offset = weights.write(elements, 0.02, seed + name.hashCode());
    Message tensor = tensor(name, FLOAT, dimensions);
    tensor.message(13, entry("location", weights.name()));
    tensor.message(13, entry("offset", Long.toString(offset)));
    tensor.message(13, entry("length", Long.toString(elements * Float.BYTES)));
    tensor.number(14, EXTERNAL);
    parameters += elements;
    return name;
  }

  /** A vector of equal weights, as those of a fresh bias or normalization are. */
  String vector(String name, float value, int length) {
    float[] values = new float[length];
    Arrays.fill(values, value);
    tensor(name, FLOAT, length).bytes(9, floats(values));
    parameters += length;
    return name;
  }

  /** A constant number. */
  String scalar(String name, float value) {
    tensor(name, FLOAT).bytes(9, floats(value));
    return name;
  }

  /** A constant list of integers, such as a shape. */
  String integers(String name, long... values) {
    tensor(name, INT64, values.length).bytes(9, longs(values));
    return name;
  }

  /** A constant integer without dimensions. */
  String integer(String name, long value) {
    tensor(name, INT64).bytes(9, longs(value));
    return name;
  }

  private Message tensor(String name, int type, long... dimensions) {
    Message tensor = new Message();
    for (long dimension : dimensions) {
      tensor.number(1, dimension);
    }
    tensor.number(2, type).text(8, name);
    tensors.add(tensor);
    return tensor;
  }

  /**
   * The whole model.
   *
   * @param inputs and
   * @param outputs as {@link #value} describes them
   */
  byte[] model(String name, List<Message> inputs, List<Message> outputs) {
    Message graph = new Message();
    nodes.forEach(node -> graph.message(1, node));
    graph.text(2, name);
    tensors.forEach(tensor -> graph.message(5, tensor));
    inputs.forEach(input -> graph.message(11, input));
    outputs.forEach(output -> graph.message(12, output));
    return new Message()
        .number(1, IR_VERSION)
        .text(2, "flink-inference-benchmarks")
        .message(7, graph)
        .message(8, new Message().text(1, "").number(2, OPSET))
        .toBytes();
  }

  /** Describes an input or output; a dimension is a number or the name of one that is open. */
  static Message value(String name, int type, Object... dimensions) {
    Message shape = new Message();
    for (Object dimension : dimensions) {
      shape.message(
          1,
          dimension instanceof Number size
              ? new Message().number(1, size.longValue())
              : new Message().text(2, (String) dimension));
    }
    Message tensorType = new Message().number(1, type).message(2, shape);
    return new Message().text(1, name).message(2, new Message().message(1, tensorType));
  }

  private static Message entry(String key, String value) {
    return new Message().text(1, key).text(2, value);
  }

  private static long count(long... dimensions) {
    long elements = 1;
    for (long dimension : dimensions) {
      elements = Math.multiplyExact(elements, dimension);
    }
    return elements;
  }

  private static byte[] longs(long... values) {
    byte[] bytes = new byte[values.length * Long.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().put(values);
    return bytes;
  }

  private static byte[] floats(float... values) {
    byte[] bytes = new byte[values.length * Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return bytes;
  }
}
