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
 * A graph that runs in ONNX Runtime, on the CPU with one thread a run.
 *
 * <p><b>Thread safety:</b> any number of threads may run it at once.
 */
public final class GraphSession implements AutoCloseable {

  private static final Set<OnnxJavaType> FLOATS = Set.of(OnnxJavaType.FLOAT, OnnxJavaType.FLOAT16);

  private final OrtSession session;
  private final TokenFeed feed;
  private final Set<String> floats;

  private GraphSession(OrtSession session, TokenFeed feed, Set<String> floats) {
    this.session = session;
    this.feed = feed;
    this.floats = floats;
  }

  /**
   * Opens a graph.
   *
   * @throws GraphException if ONNX Runtime refuses it, for instance because shapes do not fit
   */
  public static GraphSession open(Graph graph) {
    try (TemporaryGraph file = TemporaryGraph.create()) {
      OnnxWriter.write(graph, file.file());
      return open(file.file(), graph.firstPosition());
    } catch (IOException e) {
      throw unwritten(e);
    }
  }

  static GraphException unwritten(IOException failure) {
    return new GraphException(
        "The graph cannot be written to be run: "
            + failure.getMessage()
            + " The system property "
            + CacheDirectory.PROPERTY
            + " names the directory.",
        failure);
  }

  /**
   * Opens a file.
   *
   * @param firstPosition of each row, for graphs that take positions
   * @throws GraphException if ONNX Runtime refuses it
   */
  public static GraphSession open(Path file, int firstPosition) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = options()) {
      OrtSession session = environment.createSession(file.toString(), options);
      return new GraphSession(
          session,
          TokenFeed.of(session.getInputInfo(), Set.of(), firstPosition),
          floats(session.getOutputInfo()));
    } catch (OrtException e) {
      throw new GraphException("ONNX Runtime refuses the graph: " + e.getMessage(), e);
    }
  }

  /** Runs a batch, and returns all outputs that are floats. */
  public Map<String, Tensor> run(TokenBatch batch) {
    return run(batch, floats);
  }

  static OrtSession.SessionOptions options() throws OrtException {
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
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try {
      feed.fill(batch, inputs);
      try (OrtSession.Result result = session.run(inputs, outputs)) {
        for (Map.Entry<String, OnnxValue> one : result) {
          viewer.accept(one.getKey(), one.getValue());
        }
      }
    } catch (OrtException e) {
      throw new GraphException("The graph does not run: " + e.getMessage(), e);
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  static Tensor tensor(OnnxTensor value) {
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
