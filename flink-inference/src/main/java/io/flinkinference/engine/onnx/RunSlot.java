package io.flinkinference.engine.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.EngineException;
import io.flinkinference.engine.FloatTensor;
import io.flinkinference.engine.InferenceEngine.OutputReader;
import io.flinkinference.engine.Outputs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Room for one run at a time: its buffers, and the handle that ends it early.
 *
 * <p><b>Thread safety:</b> belongs to the thread that took it from {@link RunSlots}; {@link
 * #terminate} may be called by any thread.
 */
final class RunSlot {

  private final OrtSession session;
  private final AtomicInteger openObjects;
  private final List<InputBuffer> inputs;
  private final List<OutputBuffer> pinned;
  private final Set<String> copied;

  // Guarded by this: the handle must not be freed while another thread ends the run through it.
  private OrtSession.RunOptions running;
  private boolean terminated;

  RunSlot(
      OrtSession session,
      List<GraphInput> inputs,
      List<GraphOutput> outputs,
      int padTokenId,
      AtomicInteger openObjects) {
    this.session = session;
    this.openObjects = openObjects;
    this.inputs = inputs.stream().map(input -> new InputBuffer(input, padTokenId)).toList();
    this.pinned = outputs.stream().filter(GraphOutput::predictable).map(OutputBuffer::new).toList();
    this.copied =
        outputs.stream()
            .filter(output -> !output.predictable())
            .map(GraphOutput::name)
            .collect(Collectors.toUnmodifiableSet());
  }

  <T> T run(TokenBatch batch, OutputReader<T> reader) {
    Map<String, FloatTensor> tensors = new HashMap<>();
    try (NativeScope scope = new NativeScope(openObjects)) {
      runNative(batch, tensors, scope);
      return reader.read(new Outputs(tensors));
    }
  }

  private void runNative(TokenBatch batch, Map<String, FloatTensor> tensors, NativeScope scope) {
    try {
      OrtSession.RunOptions options = scope.own(new OrtSession.RunOptions());
      // A failure is thrown and told with its batch; the runtime need not print it as well.
      options.setLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      OrtSession.Result result;
      begin(options);
      try {
        result = scope.own(session.run(fill(batch, scope), copied, pin(batch, scope), options));
      } finally {
        end();
      }
      for (OutputBuffer output : pinned) {
        tensors.put(output.name(), output.values());
      }
      for (String name : copied) {
        tensors.put(name, OutputCopy.of(name, (OnnxTensor) result.get(name).orElseThrow(), batch));
      }
    } catch (OrtException e) {
      throw failure(batch, e);
    }
  }

  private Map<String, OnnxTensor> fill(TokenBatch batch, NativeScope scope) throws OrtException {
    Map<String, OnnxTensor> tensors = new HashMap<>();
    for (InputBuffer input : inputs) {
      tensors.put(input.name(), scope.own(input.fill(batch)));
    }
    return tensors;
  }

  private Map<String, OnnxTensor> pin(TokenBatch batch, NativeScope scope) throws OrtException {
    Map<String, OnnxTensor> tensors = new HashMap<>();
    for (OutputBuffer output : pinned) {
      tensors.put(output.name(), scope.own(output.pin(batch)));
    }
    return tensors;
  }

  private synchronized EngineException failure(TokenBatch batch, OrtException cause) {
    return terminated
        ? new EngineException("The engine was closed during the run of " + batch + ".", cause)
        : new EngineException("The run of " + batch + " failed: " + cause.getMessage(), cause);
  }

  private synchronized void begin(OrtSession.RunOptions options) {
    if (terminated) {
      throw new EngineException("The engine is closed.");
    }
    running = options;
  }

  private synchronized void end() {
    running = null;
  }

  /** Ends the run that is under way, if any, and refuses further ones. */
  synchronized void terminate() {
    terminated = true;
    if (running != null) {
      try {
        running.setTerminate(true);
      } catch (OrtException e) {
        throw new EngineException("A run cannot be ended early: " + e.getMessage(), e);
      }
    }
  }
}
