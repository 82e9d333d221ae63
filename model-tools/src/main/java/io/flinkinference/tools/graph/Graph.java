package io.flinkinference.tools.graph;

import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The nodes and constants of a model, with who writes and who reads each value.
 *
 * <p>Nodes may be added in any order: {@link #nodes} and the file have them sorted. Names of inputs
 * and outputs stay as they are. What subgraphs of control flow read by name is not known here, so
 * models with such nodes are refused when they are read.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
public final class Graph {

  /** Domain of the operators that ONNX Runtime adds. */
  public static final String MICROSOFT = "com.microsoft";

  private static final int USUAL_END = 3;

  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Tensor> constants = new LinkedHashMap<>();
  private final List<ValueInfoProto> inputs = new ArrayList<>();
  private final List<ValueInfoProto> outputs = new ArrayList<>();
  private final Map<String, Long> opsets = new LinkedHashMap<>();
  private final Set<String> taken = new HashSet<>();
  private Map<String, Node> producers;
  private Map<String, List<Node>> consumers;
  private int firstPosition;
  private int endToken = USUAL_END;

  Graph() {}

  /**
   * A graph without nodes.
   *
   * @param opset version of the standard's operators
   */
  public static Graph empty(long opset) {
    Graph graph = new Graph();
    graph.setOpset("", opset);
    return graph;
  }

  // ---- what there is

  /** All nodes, each after those whose values it reads. */
  public List<Node> nodes() {
    return Sorting.byDependencies(nodes, this);
  }

  /** All nodes of one of the standard's operators, sorted. */
  public List<Node> nodes(String standard) {
    return nodes().stream().filter(node -> node.is(standard)).toList();
  }

  /** The node that writes a value; empty for inputs and constants. */
  public Optional<Node> producer(String value) {
    index();
    return Optional.ofNullable(producers.get(value));
  }

  /** The nodes that read a value, each once. */
  public List<Node> consumers(String value) {
    index();
    return Collections.unmodifiableList(consumers.getOrDefault(value, List.of()));
  }

  /** Whether a value has one reader, and nobody outside of the graph sees it. */
  public boolean isInner(String value) {
    return consumers(value).size() == 1 && !isOutput(value);
  }

  /** A constant by its name. */
  public Optional<Tensor> constant(String name) {
    return Optional.ofNullable(constants.get(name));
  }

  /** Names of all constants. */
  public Set<String> constants() {
    return Collections.unmodifiableSet(constants.keySet());
  }

  /** Names and types of what a caller feeds. */
  public List<ValueInfoProto> inputs() {
    return Collections.unmodifiableList(inputs);
  }

  /** Names and types of what a caller fetches. */
  public List<ValueInfoProto> outputs() {
    return Collections.unmodifiableList(outputs);
  }

  /** Whether a caller feeds a value of that name. */
  public boolean isInput(String value) {
    return inputs.stream().anyMatch(input -> input.getName().equals(value));
  }

  /** Whether a caller can fetch a value of that name. */
  public boolean isOutput(String value) {
    return outputs.stream().anyMatch(output -> output.getName().equals(value));
  }

  /** Versions of the sets of operators, by their domains; the standard's is empty. */
  public Map<String, Long> opsets() {
    return Collections.unmodifiableMap(opsets);
  }

  /** What a caller who feeds positions gives the first token of a text; padding has one less. */
  public int firstPosition() {
    return firstPosition;
  }

  /** Id with which rows end that are made up, since some graphs look for it. */
  public int endToken() {
    return endToken;
  }

  // ---- changes

  /** Says where positions begin: 0 unless set. No file of a graph tells it, its family does. */
  public void setFirstPosition(int firstPosition) {
    this.firstPosition = firstPosition;
  }

  /** Says what {@link #endToken} is: 3 unless set. No file of a graph tells it. */
  public void setEndToken(int endToken) {
    this.endToken = endToken;
  }

  /** Adds a node; its outputs have names that nobody else writes. */
  public Node add(Node node) {
    for (String output : node.outputs()) {
      if (output.isEmpty()) {
        continue; // Left out.
      }
      if (producer(output).isPresent() || constants.containsKey(output)) {
        throw new GraphException(
            "There is a value " + output + " already, and another node makes it. Export it again.");
      }
    }
    nodes.add(node);
    taken.addAll(node.outputs());
    if (!node.domain().isEmpty()) {
      opsets.putIfAbsent(node.domain(), 1L);
    }
    index(node);
    return node;
  }

  /** Takes nodes out. Who reads their values is left without them, until another writes them. */
  public void remove(Collection<Node> gone) {
    nodes.removeAll(Set.copyOf(gone));
    changed();
  }

  /** Adds a constant under a name like the one given, and returns its name. */
  public String addConstant(String like, Tensor tensor) {
    String name = freshName(like);
    constants.put(name, tensor);
    return name;
  }

  /** Puts another tensor in the place of a constant, for all who read it. */
  public void setConstant(String name, Tensor tensor) {
    if (constants.put(name, tensor) == null) {
      throw new GraphException("There is no constant " + name + ".");
    }
  }

  void removeConstant(String name) {
    constants.remove(name);
  }

  void putConstant(String name, Tensor tensor) {
    taken.add(name);
    constants.put(name, tensor);
  }

  /** A name that no value has, made from another. */
  public String freshName(String like) {
    String name = like;
    for (int i = 2; !taken.add(name); i++) {
      name = like + "_" + i;
    }
    return name;
  }

  /** Makes all nodes that read one value read another. */
  public void replaceReads(String value, String by) {
    for (Node node : List.copyOf(consumers(value))) {
      replaceReads(node, value, by);
    }
  }

  /** Makes a node read another value in all places where it reads a certain one. */
  public void replaceReads(Node node, String value, String by) {
    List<String> names = node.inputs();
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equals(value)) {
        node.setInput(i, by);
      }
    }
    changed();
  }

  /** Lets callers fetch a value too, for instance to see what is inside. */
  public void addOutput(String value) {
    if (!isOutput(value)) {
      outputs.add(ValueInfoProto.newBuilder().setName(value).build());
    }
  }

  /** Ends the graph at other values. */
  public void setOutputs(List<ValueInfoProto> values) {
    outputs.clear();
    outputs.addAll(values);
  }

  /**
   * Lets callers feed a value too.
   *
   * @param sizes of its dimensions; -1 where any will do
   */
  public void addInput(String name, ElementType type, long... sizes) {
    if (producer(name).isPresent() || constants.containsKey(name) || isInput(name)) {
      throw new GraphException("There is a value " + name + " already.");
    }
    addInput(ValueInfos.of(name, type, sizes));
  }

  /** Lets callers feed what was a constant. */
  public void feedConstant(String name) {
    Tensor tensor = constants.remove(name);
    if (tensor == null) {
      throw new GraphException("There is no constant " + name + ".");
    }
    addInput(ValueInfos.of(name, tensor.type(), tensor.shape()));
  }

  void addInput(ValueInfoProto input) {
    inputs.add(input);
    taken.add(input.getName());
  }

  void setOpset(String domain, long version) {
    opsets.put(Node.normalized(domain), version);
  }

  /** A copy that can be changed without a trace in this one. Constants are shared. */
  public Graph copy() {
    Graph copy = new Graph();
    nodes().forEach(node -> copy.add(Node.of(node.toProto())));
    constants.forEach(copy::putConstant);
    copy.inputs.addAll(inputs);
    copy.outputs.addAll(outputs);
    copy.opsets.putAll(opsets);
    copy.taken.addAll(taken);
    copy.firstPosition = firstPosition;
    copy.endToken = endToken;
    return copy;
  }

  private void changed() {
    producers = null;
    consumers = null;
  }

  private void index() {
    if (producers != null) {
      return;
    }
    producers = new HashMap<>();
    consumers = new HashMap<>();
    nodes.forEach(this::index);
  }

  private void index(Node node) {
    if (producers == null) {
      return;
    }
    node.outputs().forEach(output -> producers.put(output, node));
    producers.remove("");
    for (String input : new HashSet<>(node.inputs())) {
      consumers.computeIfAbsent(input, name -> new ArrayList<>()).add(node);
    }
  }
}
