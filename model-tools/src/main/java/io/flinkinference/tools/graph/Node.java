package io.flinkinference.tools.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An operator with the names of what it reads and writes. Belongs to one graph, which hands it out;
 * inputs are changed through the graph, so that it knows who reads what.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
public final class Node {

  private final String type;
  private final String domain;
  private final List<String> inputs;
  private final List<String> outputs;
  private final Map<String, AttributeProto> attributes = new LinkedHashMap<>();

  private Node(String type, String domain, List<String> inputs, List<String> outputs) {
    this.type = type;
    this.domain = normalized(domain);
    this.inputs = new ArrayList<>(inputs);
    this.outputs = new ArrayList<>(outputs);
  }

  /** The standard's operators have a domain of two names, of which the empty one is used here. */
  static String normalized(String domain) {
    return domain.equals("ai.onnx") ? "" : domain;
  }

  /** An operator of the standard. An input that is left out is empty. */
  public static Node of(String type, List<String> inputs, String... outputs) {
    return new Node(type, "", inputs, List.of(outputs));
  }

  /** An operator that ONNX Runtime adds to the standard. */
  public static Node contrib(String type, List<String> inputs, String... outputs) {
    return new Node(type, Graph.MICROSOFT, inputs, List.of(outputs));
  }

  /** The same operator with the same attributes, which reads and writes other values. */
  public Node moved(List<String> from, List<String> to) {
    Node node = new Node(type, domain, from, to);
    node.attributes.putAll(attributes);
    return node;
  }

  static Node of(NodeProto proto) {
    Node node =
        new Node(proto.getOpType(), proto.getDomain(), proto.getInputList(), proto.getOutputList());
    proto.getAttributeList().forEach(one -> node.attributes.put(one.getName(), one));
    return node;
  }

  NodeProto toProto() {
    return NodeProto.newBuilder()
        .setOpType(type)
        .setDomain(domain)
        .setName(outputs.get(0))
        .addAllInput(inputs)
        .addAllOutput(outputs)
        .addAllAttribute(attributes.values())
        .build();
  }

  /** Sets an attribute. */
  public Node with(String name, long value) {
    attributes.put(name, attribute(name, AttributeType.INT).setI(value).build());
    return this;
  }

  /** Sets an attribute. */
  public Node with(String name, float value) {
    attributes.put(name, attribute(name, AttributeType.FLOAT).setF(value).build());
    return this;
  }

  /** Sets an attribute. */
  public Node with(String name, long[] values) {
    AttributeProto.Builder attribute = attribute(name, AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    attributes.put(name, attribute.build());
    return this;
  }

  /** Sets an attribute. */
  public Node with(String name, String value) {
    attributes.put(
        name, attribute(name, AttributeType.STRING).setS(ByteString.copyFromUtf8(value)).build());
    return this;
  }

  private static AttributeProto.Builder attribute(String name, AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }

  /** Name of the operator. */
  public String type() {
    return type;
  }

  /** Whether it is the operator of the standard with that name. */
  public boolean is(String standard) {
    return domain.isEmpty() && type.equals(standard);
  }

  /** Whether it is ONNX Runtime's own operator with that name. */
  public boolean isContrib(String name) {
    return domain.equals(Graph.MICROSOFT) && type.equals(name);
  }

  /** Domain of the operator; empty for the standard's. */
  public String domain() {
    return domain;
  }

  /** Names of what it reads. */
  public List<String> inputs() {
    return List.copyOf(inputs);
  }

  /** Name of one of the values that it reads; empty where that is left out. */
  public String input(int index) {
    return index < inputs.size() ? inputs.get(index) : "";
  }

  /** Names of what it writes. */
  public List<String> outputs() {
    return List.copyOf(outputs);
  }

  /** Name of the first value that it writes. */
  public String output() {
    return outputs.get(0);
  }

  /** A text among the attributes. */
  public String attribute(String name, String otherwise) {
    AttributeProto attribute = attributes.get(name);
    return attribute == null ? otherwise : attribute.getS().toStringUtf8();
  }

  /** A whole number among the attributes. */
  public long attribute(String name, long otherwise) {
    AttributeProto attribute = attributes.get(name);
    return attribute == null ? otherwise : attribute.getI();
  }

  /** A number among the attributes. */
  public float attribute(String name, float otherwise) {
    AttributeProto attribute = attributes.get(name);
    return attribute == null ? otherwise : attribute.getF();
  }

  /** A list of whole numbers among the attributes. */
  public Optional<long[]> numbers(String name) {
    return Optional.ofNullable(attributes.get(name))
        .map(one -> one.getIntsList().stream().mapToLong(Long::longValue).toArray());
  }

  /** The attributes as the format has them, for what has no method here. */
  public Map<String, AttributeProto> attributes() {
    return Map.copyOf(attributes);
  }

  /** Whether an attribute holds a graph, which may read values of the graph around it. */
  boolean hasInnerGraph() {
    return attributes.values().stream().anyMatch(one -> one.hasG() || one.getGraphsCount() > 0);
  }

  void setInput(int index, String name) {
    inputs.set(index, name);
  }

  @Override
  public String toString() {
    return (domain.isEmpty() ? "" : domain + ".") + type + inputs + " -> " + outputs;
  }
}
