package io.flinkinference.engine.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.EngineException;
import io.flinkinference.engine.EngineOptions;
import io.flinkinference.engine.FloatTensor;
import io.flinkinference.engine.InferenceEngine.OutputReader;
import io.flinkinference.engine.Outputs;
import io.flinkinference.engine.Watchdog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Room for one run at a time: its buffers, and the handle of the run that is under way.
 *
 * <p><b>Thread safety:</b> belongs to the thread that took it from {@link RunSlots}; {@link
 * #terminate} may be called by any thread.
 */
final class RunSlot {

  private final OrtSession session;
  private final EngineOptions options;
  private final Watchdog watchdog;
  private final AtomicInteger openObjects;
  private final List<InputBuffer> inputs;
  private final List<OutputBuffer> pinned;
  private final Set<String> copied;

  // Guarded by this.
  private RunHandle running;
  private boolean terminated;

  RunSlot(
      OrtSession session,
      List<GraphInput> inputs,
      List<GraphOutput> outputs,
      EngineOptions options,
      Watchdog watchdog,
      AtomicInteger openObjects) {
    this.session = session;
    this.options = options;
    this.watchdog = watchdog;
    this.openObjects = openObjects;
    this.inputs = inputs.stream().map(input -> new InputBuffer(input, options)).toList();
    this.pinned = outputs.stream().filter(GraphOutput::predictable).map(OutputBuffer::new).toList();
    this.copied =
        outputs.stream()
            .filter(output -> !output.predictable())
            .map(GraphOutput::name)
            .collect(Collectors.toUnmodifiableSet());
  }

  <T> T run(TokenBatch batch, OutputReader<T> reader) {
    try (NativeScope scope = new NativeScope(openObjects)) {
      return reader.read(runNative(batch, scope));
    }
  }

  private Outputs runNative(TokenBatch batch, NativeScope scope) {
    try {
      OrtSession.RunOptions runOptions = scope.own(new OrtSession.RunOptions());
      // A failure is thrown and told with its batch; the runtime need not print it as well.
      runOptions.setLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      OrtSession.Result result;
      RunHandle handle = begin(runOptions);
      try {
        result = watched(handle, batch, runOptions, scope);
      } catch (OrtException e) {
        throw RunFailure.of(batch, handle.reason(), options.runLimit(), e);
      } finally {
        end(handle);
      }
      Map<String, FloatTensor> tensors = new HashMap<>();
      for (OutputBuffer output : pinned) {
        tensors.put(output.name(), output.values());
      }
      Map<String, Supplier<FloatTensor>> copies = copied.isEmpty() ? Map.of() : new HashMap<>();
      for (String name : copied) {
        copies.put(name, OutputCopy.of(name, (OnnxTensor) result.get(name).orElseThrow(), batch));
      }
      return new Outputs(tensors, copies);
    } catch (OrtException e) {
      throw RunFailure.of(batch, null, options.runLimit(), e);
    }
  }

  private OrtSession.Result watched(
      RunHandle handle, TokenBatch batch, OrtSession.RunOptions runOptions, NativeScope scope)
      throws OrtException {
    Watchdog.Watch watch = watchdog.after(options.runLimit().toNanos(), handle);
    try {
      return scope.own(session.run(fill(batch, scope), copied, pin(batch, scope), runOptions));
    } finally {
      watch.end();
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

  private synchronized RunHandle begin(OrtSession.RunOptions runOptions) {
    if (terminated) {
      throw new EngineException("The engine is closed.");
    }
    running = new RunHandle(runOptions);
    return running;
  }

  private synchronized void end(RunHandle handle) {
    handle.ended();
    running = null;
  }

  /** Ends the run that is under way, if any, and refuses further ones. Does not wait. */
  synchronized void terminate() {
    terminated = true;
    if (running != null) {
      running.endEarly(RunHandle.Reason.CLOSED);
    }
  }
}
