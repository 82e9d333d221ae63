package io.flinkinference.tools.session;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.onnx.LastingEnvironment;
import io.flinkinference.model.CacheDirectory;
import io.flinkinference.model.TemporaryGraph;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.GraphException;
import io.flinkinference.tools.graph.OnnxWriter;
import io.flinkinference.tools.graph.Tensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * A graph that runs in ONNX Runtime, on the CPU with one thread a run. It is fed tokens, and may be
 * fed more: weights that change between runs, and what a loss is made of.
 *
 * <p><b>Thread safety:</b> any number of threads may run it at once, while nobody writes to what it
 * is fed.
 */
public final class GraphSession implements AutoCloseable {

  private static final Set<OnnxJavaType> FLOATS = Set.of(OnnxJavaType.FLOAT, OnnxJavaType.FLOAT16);

  private final OrtSession session;
  private final TokenFeed feed;
  private final Map<String, Weights> weights;
  private final Set<String> floats;

  private GraphSession(
      OrtSession session, TokenFeed feed, Map<String, Weights> weights, Set<String> floats) {
    this.session = session;
    this.feed = feed;
    this.weights = weights;
    this.floats = floats;
  }

  /**
   * Opens a graph.
   *
   * @throws GraphException if ONNX Runtime refuses it, for instance because shapes do not fit
   */
  public static GraphSession open(Graph graph) {
    return open(graph, Map.of(), Set.of());
  }

  /**
   * Opens a graph that is fed more than tokens.
   *
   * @param weights by the names of inputs; read anew at each run
   * @param others names of further inputs, which each run is given
   * @throws GraphException if ONNX Runtime refuses it, for instance because shapes do not fit
   */
  public static GraphSession open(Graph graph, Map<String, Weights> weights, Set<String> others) {
    try (TemporaryGraph file = TemporaryGraph.create()) {
      OnnxWriter.write(graph, file.file());
      return open(file.file(), graph.firstPosition(), weights, others);
    } catch (IOException e) {
      throw new GraphException(
          "The graph cannot be written to be run: "
              + e.getMessage()
              + " The system property "
              + CacheDirectory.PROPERTY
              + " names the directory.",
          e);
    }
  }

  /**
   * Opens a file.
   *
   * @param firstPosition of each row, for graphs that take positions
   * @throws GraphException if ONNX Runtime refuses it
   */
  public static GraphSession open(Path file, int firstPosition) {
    return open(file, firstPosition, Map.of(), Set.of());
  }

  private static GraphSession open(
      Path file, int firstPosition, Map<String, Weights> weights, Set<String> others) {
    Set<String> fed = new HashSet<>(others);
    fed.addAll(weights.keySet());
    try (OrtSession.SessionOptions options = options()) {
      // What learns has batches of many shapes; a plan for each would be kept.
      options.setMemoryPatternOptimization(fed.isEmpty());
      OrtSession session = LastingEnvironment.get().createSession(file.toString(), options);
      return new GraphSession(
          session,
          TokenFeed.of(session.getInputInfo(), fed, firstPosition),
          weights,
          floats(session.getOutputInfo()));
    } catch (OrtException e) {
      throw new GraphException("ONNX Runtime refuses the graph: " + e.getMessage(), e);
    }
  }

  /** Runs a batch, and returns all outputs that are floats. */
  public Map<String, Tensor> run(TokenBatch batch) {
    return run(batch, floats);
  }

  private static OrtSession.SessionOptions options() throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    // It warns of constants that it makes superfluous itself, which nobody can do anything about.
    options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
    return options;
  }

  private static Set<String> floats(Map<String, NodeInfo> outputs) {
    Set<String> names = new HashSet<>();
    outputs.forEach(
        (name, node) -> {
          if (node.getInfo() instanceof TensorInfo info && FLOATS.contains(info.type)) {
            names.add(name);
          }
        });
    return names;
  }

  /** Runs a batch, and returns some outputs, which are floats, by their names. */
  public Map<String, Tensor> run(TokenBatch batch, Set<String> outputs) {
    Map<String, Tensor> tensors = new HashMap<>();
    look(batch, outputs, (name, value) -> tensors.put(name, tensor((OnnxTensor) value)));
    return tensors;
  }

  /** Runs a batch, and shows all outputs as they are. */
  void look(TokenBatch batch, BiConsumer<String, OnnxValue> viewer) {
    look(batch, outputs().keySet(), viewer);
  }

  /** Runs a batch, and shows some outputs as they are, by their names. */
  public void look(TokenBatch batch, Set<String> outputs, BiConsumer<String, OnnxValue> viewer) {
    run(batch, Map.of(), outputs, Map.of(), viewer);
  }

  /**
   * Runs a batch.
   *
   * @param others further inputs
   * @param outputs is written to, by the names of outputs
   */
  public void run(TokenBatch batch, Map<String, Tensor> others, Map<String, Weights> outputs) {
    run(batch, others, Set.of(), outputs, (name, value) -> {});
  }

  private void run(
      TokenBatch batch,
      Map<String, Tensor> others,
      Set<String> outputs,
      Map<String, Weights> written,
      BiConsumer<String, OnnxValue> viewer) {
    Map<String, OnnxTensor> made = new HashMap<>();
    try {
      feed.fill(batch, made);
      for (Map.Entry<String, Tensor> one : others.entrySet()) {
        made.put(one.getKey(), value(one.getValue()));
      }
      Map<String, OnnxTensor> inputs = values(weights);
      inputs.putAll(made);
      try (OrtSession.Result result = session.run(inputs, outputs, values(written))) {
        for (Map.Entry<String, OnnxValue> one : result) {
          viewer.accept(one.getKey(), one.getValue());
        }
      }
    } catch (OrtException e) {
      throw new GraphException("The graph does not run: " + e.getMessage(), e);
    } finally {
      made.values().forEach(OnnxTensor::close);
    }
  }

  private static Map<String, OnnxTensor> values(Map<String, Weights> weights) {
    Map<String, OnnxTensor> values = new HashMap<>();
    weights.forEach((name, one) -> values.put(name, one.value()));
    return values;
  }

  private static OnnxTensor value(Tensor tensor) throws OrtException {
    return OnnxTensor.createTensor(
        OrtEnvironment.getEnvironment(), FloatBuffer.wrap(tensor.toFloats()), tensor.shape());
  }

  private static Tensor tensor(OnnxTensor value) {
    FloatBuffer data = value.getFloatBuffer();
    float[] floats = new float[data.remaining()];
    data.get(floats);
    return Tensor.floats(floats, value.getInfo().getShape());
  }

  /** Names and types of the outputs, as ONNX Runtime found them. */
  public Map<String, NodeInfo> outputs() {
    try {
      return session.getOutputInfo();
    } catch (OrtException e) {
      throw new GraphException("The outputs cannot be told: " + e.getMessage(), e);
    }
  }

  /** Sizes of an output; -1 where they depend on the batch. */
  public long[] shape(String output) {
    return ((TensorInfo) outputs().get(output).getInfo()).getShape();
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new GraphException("The session cannot be closed: " + e.getMessage(), e);
    }
  }
}
