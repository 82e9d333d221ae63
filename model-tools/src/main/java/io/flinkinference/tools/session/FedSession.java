package io.flinkinference.tools.session;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.flinkinference.batch.TokenBatch;
import io.flinkinference.model.TemporaryGraph;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.GraphException;
import io.flinkinference.tools.graph.OnnxWriter;
import io.flinkinference.tools.graph.Tensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * A graph that is fed more than tokens: weights that change between runs, and what a loss is made
 * of. On the CPU with one thread a run.
 *
 * <p><b>Thread safety:</b> any number of threads may run it at once, while nobody writes to what it
 * is fed.
 */
public final class FedSession implements AutoCloseable {

  private final OrtSession session;
  private final TokenFeed tokens;
  private final Map<String, Weights> weights;

  private FedSession(OrtSession session, TokenFeed tokens, Map<String, Weights> weights) {
    this.session = session;
    this.tokens = tokens;
    this.weights = weights;
  }

  /**
   * Opens a graph.
   *
   * @param weights by the names of inputs; read anew at each run
   * @param others names of further inputs, which each run is given
   * @throws GraphException if ONNX Runtime refuses it
   */
  public static FedSession open(Graph graph, Map<String, Weights> weights, Set<String> others) {
    try (OrtSession.SessionOptions options = GraphSession.options();
        TemporaryGraph file = TemporaryGraph.create()) {
      OnnxWriter.write(graph, file.file());
      // Shapes differ from batch to batch; a plan for each would be kept.
      options.setMemoryPatternOptimization(false);
      OrtSession session =
          OrtEnvironment.getEnvironment().createSession(file.file().toString(), options);
      Set<String> known = new HashSet<>(others);
      known.addAll(weights.keySet());
      return new FedSession(
          session, TokenFeed.of(session.getInputInfo(), known, graph.firstPosition()), weights);
    } catch (OrtException e) {
      throw new GraphException("ONNX Runtime refuses the graph: " + e.getMessage(), e);
    } catch (IOException e) {
      throw GraphSession.unwritten(e);
    }
  }

  /** Runs a batch, and returns all outputs, which are floats. */
  public Map<String, Tensor> run(TokenBatch batch) {
    Map<String, Tensor> tensors = new HashMap<>();
    Map<String, OnnxTensor> made = new HashMap<>();
    try {
      tokens.fill(batch, made);
      try (OrtSession.Result result = session.run(inputs(made), session.getOutputNames())) {
        for (Map.Entry<String, OnnxValue> one : result) {
          tensors.put(one.getKey(), GraphSession.tensor((OnnxTensor) one.getValue()));
        }
      }
      return tensors;
    } catch (OrtException e) {
      throw new GraphException("The graph does not run: " + e.getMessage(), e);
    } finally {
      made.values().forEach(OnnxTensor::close);
    }
  }

  /**
   * Runs a batch.
   *
   * @param others further inputs
   * @param outputs is written to, by the names of outputs
   */
  public void run(TokenBatch batch, Map<String, Tensor> others, Map<String, Weights> outputs) {
    Map<String, OnnxTensor> made = new HashMap<>();
    Map<String, OnnxTensor> pinned = new HashMap<>();
    outputs.forEach((name, one) -> pinned.put(name, one.value()));
    try {
      tokens.fill(batch, made);
      for (Map.Entry<String, Tensor> one : others.entrySet()) {
        made.put(one.getKey(), tensor(one.getValue()));
      }
      session.run(inputs(made), Set.of(), pinned).close();
    } catch (OrtException e) {
      throw new GraphException("The graph does not run: " + e.getMessage(), e);
    } finally {
      made.values().forEach(OnnxTensor::close);
    }
  }

  private Map<String, OnnxTensor> inputs(Map<String, OnnxTensor> made) {
    Map<String, OnnxTensor> inputs = new HashMap<>(made);
    weights.forEach((name, one) -> inputs.put(name, one.value()));
    return inputs;
  }

  private static OnnxTensor tensor(Tensor tensor) throws OrtException {
    return OnnxTensor.createTensor(
        OrtEnvironment.getEnvironment(), FloatBuffer.wrap(tensor.toFloats()), tensor.shape());
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
