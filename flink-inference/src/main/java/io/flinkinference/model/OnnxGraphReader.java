package io.flinkinference.model;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads what an ONNX file says about itself; the weights are stepped over, so the time depends on
 * the number of operators and not on the size of the file.
 *
 * <p>Field numbers and element types are those of <a
 * href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</a>. Graphs within
 * operators (If, Loop) and functions count like the main graph.
 *
 * <p>Owned by one thread.
 */
final class OnnxGraphReader {

  private static final int MODEL_IR_VERSION = WireReader.tag(1, WireReader.VARINT);
  private static final int MODEL_GRAPH = WireReader.tag(7, WireReader.BYTES);
  private static final int MODEL_OPSET_IMPORT = WireReader.tag(8, WireReader.BYTES);
  private static final int MODEL_FUNCTIONS = WireReader.tag(25, WireReader.BYTES);
  private static final int OPSET_DOMAIN = WireReader.tag(1, WireReader.BYTES);
  private static final int OPSET_VERSION = WireReader.tag(2, WireReader.VARINT);
  private static final int GRAPH_NODE = WireReader.tag(1, WireReader.BYTES);
  private static final int GRAPH_INITIALIZER = WireReader.tag(5, WireReader.BYTES);
  private static final int GRAPH_INPUT = WireReader.tag(11, WireReader.BYTES);
  private static final int GRAPH_OUTPUT = WireReader.tag(12, WireReader.BYTES);
  private static final int FUNCTION_NODE = WireReader.tag(7, WireReader.BYTES);
  private static final int NODE_INPUT = WireReader.tag(1, WireReader.BYTES);
  private static final int NODE_OP_TYPE = WireReader.tag(4, WireReader.BYTES);
  private static final int NODE_ATTRIBUTE = WireReader.tag(5, WireReader.BYTES);
  private static final int ATTRIBUTE_TENSOR = WireReader.tag(5, WireReader.BYTES);
  private static final int ATTRIBUTE_GRAPH = WireReader.tag(6, WireReader.BYTES);
  private static final int ATTRIBUTE_GRAPHS = WireReader.tag(11, WireReader.BYTES);
  private static final int TENSOR_DIM = WireReader.tag(1, WireReader.VARINT);
  private static final int TENSOR_DIMS_PACKED = WireReader.tag(1, WireReader.BYTES);
  private static final int TENSOR_DATA_TYPE = WireReader.tag(2, WireReader.VARINT);
  private static final int TENSOR_NAME = WireReader.tag(8, WireReader.BYTES);
  private static final int TENSOR_EXTERNAL_DATA = WireReader.tag(13, WireReader.BYTES);

  private final WireReader in;
  private final PrecisionCount precision = new PrecisionCount();
  private final GraphTables tables = new GraphTables();
  private final ExternalData externalData = new ExternalData();
  private final Set<String> weightNames = new HashSet<>();
  private final List<GraphValue> inputs = new ArrayList<>();
  private final List<GraphValue> outputs = new ArrayList<>();
  private long irVersion;
  private long opset;
  private boolean hasGraph;
  private long parameters;
  private boolean fourBit;
  private int depth;

  /** The innermost node that is being read. */
  private GraphNode node = new GraphNode();

  // Of the message that is being read; none of these can hold another of its kind.
  private String domain;
  private long domainVersion;
  private long elements;
  private long rows;
  private String tensorName;
  private long dataType;

  private OnnxGraphReader(WireReader in) {
    this.in = in;
  }

  /**
   * Reads a file.
   *
   * @throws ModelException if it cannot be read or is no ONNX model
   */
  static OnnxGraph read(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      OnnxGraphReader reader = new OnnxGraphReader(new WireReader(channel));
      reader.in.readFile(reader::model);
      return reader.result(file);
    } catch (IOException e) {
      throw new ModelException(
          file
              + " is no whole ONNX model: "
              + e.getMessage()
              + ". Copy or export it again. If it has a few lines of text only, it is a pointer of"
              + " git-lfs: `git lfs pull` replaces it by the model.",
          e);
    }
  }

  private OnnxGraph result(Path file) throws IOException {
    if (irVersion < 1 || !hasGraph) {
      throw new IOException("it has no " + (hasGraph ? "IR version" : "graph"));
    }
    if (opset < 1) {
      throw new IOException("it does not say which version of the operators it is made of");
    }
    if (precision.isBrainFloat()) {
      throw new ModelException(
          "The weights of " + file + " are bfloat16. Export the model as fp32 or fp16.");
    }
    GraphFacts facts = new GraphFacts(precision.name(), !precision.variesByBatch(), (int) opset);
    inputs.removeIf(input -> weightNames.contains(input.name()));
    GraphDetails details =
        new GraphDetails(
            inputs, outputs, parameters, tables.vocabularyRows(), tables.positionRows(), fourBit);
    return new OnnxGraph(facts, externalData.bytes(), details);
  }

  private boolean model(int tag) throws IOException {
    if (tag == MODEL_IR_VERSION) {
      irVersion = in.readVarint();
    } else if (tag == MODEL_GRAPH) {
      hasGraph = true;
      in.readMessage(this::graph);
    } else if (tag == MODEL_OPSET_IMPORT) {
      readOpset();
    } else if (tag == MODEL_FUNCTIONS) {
      in.readMessage(this::function);
    } else {
      return false;
    }
    return true;
  }

  private void readOpset() throws IOException {
    domain = "";
    domainVersion = 0;
    in.readMessage(this::opset);
    if (domain.isEmpty() || domain.equals("ai.onnx")) {
      opset = domainVersion;
    }
  }

  private boolean opset(int tag) throws IOException {
    if (tag == OPSET_DOMAIN) {
      domain = in.readText();
    } else if (tag == OPSET_VERSION) {
      domainVersion = in.readVarint();
    } else {
      return false;
    }
    return true;
  }

  private boolean graph(int tag) throws IOException {
    if (tag == GRAPH_NODE) {
      readNode();
    } else if (tag == GRAPH_INITIALIZER) {
      readTensor();
      weightNames.add(tensorName);
      tables.addWeights(tensorName, rows);
    } else if (depth == 0 && tag == GRAPH_INPUT) {
      inputs.add(GraphValueReader.read(in));
    } else if (depth == 0 && tag == GRAPH_OUTPUT) {
      outputs.add(GraphValueReader.read(in));
    } else {
      return false;
    }
    return true;
  }

  private boolean function(int tag) throws IOException {
    if (tag == FUNCTION_NODE) {
      readNode();
      return true;
    }
    return false;
  }

  private void readNode() throws IOException {
    GraphNode outer = node;
    node = new GraphNode();
    in.readMessage(this::node);
    precision.addOperator(node.operator);
    tables.addNode(node.operator, node.inputs);
    fourBit |= node.isFourBit();
    node = outer;
  }

  private boolean node(int tag) throws IOException {
    if (tag == NODE_OP_TYPE) {
      node.operator = in.readText();
    } else if (tag == NODE_INPUT) {
      node.inputs.add(in.readText());
    } else if (tag == NODE_ATTRIBUTE) {
      in.readMessage(this::attribute);
    } else {
      return false;
    }
    return true;
  }

  private boolean attribute(int tag) throws IOException {
    if (tag == ATTRIBUTE_GRAPH || tag == ATTRIBUTE_GRAPHS) {
      depth++;
      in.readMessage(this::graph);
      depth--;
    } else if (tag == ATTRIBUTE_TENSOR) {
      readTensor();
    } else {
      return node.attribute(tag, in);
    }
    return true;
  }

  private void readTensor() throws IOException {
    elements = 1;
    rows = -1;
    tensorName = "";
    dataType = 0;
    externalData.beginTensor();
    in.readMessage(this::tensor);
    externalData.endTensor();
    precision.addWeights(dataType, elements);
    parameters += elements;
  }

  private boolean tensor(int tag) throws IOException {
    if (tag == TENSOR_DIM) {
      addDimension(in.readVarint());
    } else if (tag == TENSOR_DIMS_PACKED) {
      in.readPacked(this::addDimension);
    } else if (tag == TENSOR_NAME) {
      tensorName = in.readText();
    } else if (tag == TENSOR_DATA_TYPE) {
      dataType = in.readVarint();
    } else if (tag == TENSOR_EXTERNAL_DATA) {
      externalData.readEntry(in);
    } else {
      return false;
    }
    return true;
  }

  private void addDimension(long size) {
    rows = rows < 0 ? size : rows;
    elements *= size;
  }
}
