package io.flinkinference.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;
import io.flinkinference.batch.ShapeRounding;
import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.Device;
import io.flinkinference.engine.EngineException;
import io.flinkinference.engine.EngineOptions;
import io.flinkinference.engine.InferenceEngine;
import io.flinkinference.engine.LostDeviceException;
import io.flinkinference.engine.TensorSpec;
import io.flinkinference.engine.Watchdog;
import io.flinkinference.text.Encoding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One ONNX Runtime session, run by several threads at once, each run on few threads of its own.
 *
 * <p>Each run takes one of {@link EngineOptions#runsAtOnce} slots. A slot's memory is filled
 * straight from the encodings and, where the shape of an output follows from the batch, written by
 * the runtime in place, so that nothing is copied. It grows to the largest batch it has seen. A
 * caller beyond the concurrency waits for a slot.
 *
 * <p>On any other device than the CPU, a first run proves that the device is what runs the graph.
 *
 * <p>A run that is past {@link EngineOptions#runLimit} is told to end, which the runtime heeds
 * between two nodes of the graph.
 *
 * <p><b>Invariant:</b> native objects of a run end with the run; the session ends when it is closed
 * and no run is in it. {@link #close} must not be called by a reader, for it waits for the readers.
 */
public final class OnnxEngine implements InferenceEngine {

  private static final Logger LOG = LoggerFactory.getLogger(OnnxEngine.class);

  private final EngineOptions options;
  private final int concurrency;
  private final List<TensorSpec> outputs;
  private final RunSlots slots;

  private OnnxEngine(
      OrtSession session,
      EngineOptions options,
      Watchdog watchdog,
      NativeScope lifetime,
      AtomicInteger openObjects)
      throws OrtException {
    this.options = options;
    this.concurrency = options.runsAtOnce();
    List<GraphInput> graphInputs = GraphInput.readAll(session.getInputInfo());
    TensorInfo inputIds =
        (TensorInfo) session.getInputInfo().get(TokenInput.INPUT_IDS.graphName()).getInfo();
    List<GraphOutput> graphOutputs =
        GraphOutput.readAll(session.getOutputInfo().values(), inputIds);
    this.outputs = graphOutputs.stream().map(GraphOutput::spec).toList();
    List<RunSlot> room = new ArrayList<>();
    for (int i = 0; i < concurrency; i++) {
      room.add(new RunSlot(session, graphInputs, graphOutputs, options, watchdog, openObjects));
    }
    this.slots = new RunSlots(room, () -> free(lifetime));
  }

  /**
   * Loads a graph.
   *
   * @param onnxFile read by path: weights in files beside it are found
   * @param watchdog ends runs that are past their limit; stays open longer than the engine
   * @throws EngineException if the device is not there, or the graph cannot be read or is no text
   *     model
   */
  public static OnnxEngine open(Path onnxFile, EngineOptions options, Watchdog watchdog) {
    return open(onnxFile, options, watchdog, new AtomicInteger());
  }

  /**
   * @param openObjects counts the native objects that are open
   */
  static OnnxEngine open(
      Path onnxFile, EngineOptions options, Watchdog watchdog, AtomicInteger openObjects) {
    if (!Files.isReadable(onnxFile)) {
      throw new EngineException("There is no model file " + onnxFile + " that can be read.");
    }
    try {
      return openOnDevice(onnxFile, options, watchdog, openObjects);
    } catch (EngineException e) {
      if (!mayFallBack(options, e)) {
        throw e;
      }
      LOG.warn("The model {} runs on the CPU, as inference.device.fallback allows.", onnxFile, e);
      return openOnDevice(onnxFile, options.onCpu(), watchdog, openObjects);
    }
  }

  /** A lost device works again in another process, so this one is not to go on without it. */
  static boolean mayFallBack(EngineOptions options, EngineException failure) {
    return options.provider().fallbackAllowed()
        && !options.device().kind().equals(Device.CPU.kind())
        && !(failure instanceof LostDeviceException);
  }

  private static OnnxEngine openOnDevice(
      Path onnxFile, EngineOptions options, Watchdog watchdog, AtomicInteger openObjects) {
    // Before all else: providers cannot be loaded without its logger.
    OrtEnvironment environment = LastingEnvironment.get();
    NativeScope lifetime = new NativeScope(openObjects);
    OnnxEngine opened = null;
    try (NativeScope opening = new NativeScope(openObjects)) {
      SessionOptions settings = opening.own(new SessionOptions());
      ShapeProfile shapes = new ShapeProfile(options.rounding(), options.provider().tokenBudget());
      String provider =
          ExecutionProviders.add(
              settings,
              new ProviderRequest(
                  options.device(), options.provider().settings(), shapes, onnxFile, opening));
      SessionSettings.apply(settings, options);
      Optional<ProviderProof> proof = ProviderProof.begin(settings, options.device());
      try {
        OrtSession session = lifetime.own(environment.createSession(onnxFile.toString(), settings));
        OnnxEngine engine = new OnnxEngine(session, options, watchdog, lifetime, openObjects);
        if (proof.isPresent()) {
          engine.run(options.rounding().batch(Encoding.of(options.probeTokenId())), none -> null);
          proof.get().check(session, options.device(), provider);
        }
        opened = engine;
        return engine;
      } finally {
        proof.ifPresent(ProviderProof::close);
      }
    } catch (OrtException | EngineException e) {
      String what = "The model file " + onnxFile + " cannot be opened: " + e.getMessage();
      throw LostDevice.isToldBy(e.getMessage())
          ? new LostDeviceException(what, e)
          : new EngineException(what, e);
    } finally {
      if (opened == null) {
        lifetime.close();
      }
    }
  }

  @Override
  public <T> T run(TokenBatch batch, OutputReader<T> reader) {
    requireKnownIds(batch);
    RunSlot slot = slots.take();
    try {
      return slot.run(batch, reader);
    } finally {
      slots.giveBack(slot);
    }
  }

  /** The runtime reads a negative id as counted from the end, and gives a wrong result for it. */
  private void requireKnownIds(TokenBatch batch) {
    for (int row = 0; row < batch.rows(); row++) {
      Encoding encoding = batch.row(row);
      for (int position = 0; position < encoding.length(); position++) {
        int id = encoding.id(position);
        if (id < 0 || id >= options.vocabularySize()) {
          throw new EngineException(
              "Token id "
                  + id
                  + " (row "
                  + row
                  + ", position "
                  + position
                  + ") lies outside the vocabulary of "
                  + options.vocabularySize()
                  + ". The tokenizer and the graph are not of one model.");
        }
      }
    }
  }

  @Override
  public List<TensorSpec> outputs() {
    return outputs;
  }

  @Override
  public boolean padsLeft() {
    return options.padsLeft();
  }

  @Override
  public ShapeRounding rounding() {
    return options.rounding();
  }

  @Override
  public Device device() {
    return options.device();
  }

  @Override
  public int concurrency() {
    return concurrency;
  }

  @Override
  public Duration runLimit() {
    return options.runLimit();
  }

  @Override
  public void close() {
    closeWithin(CLOSE_LIMIT);
  }

  /** As {@link #close()}, with a limit of its own. */
  void closeWithin(Duration limit) {
    if (!slots.close(limit.toNanos())) {
      LOG.error(
          "{} run(s) on {} do not end although they were told to {} ms ago. The device hangs, or a"
              + " single step takes that long. Their threads and the model stay in memory until"
              + " they do.",
          slots.taken(),
          options.device(),
          limit.toMillis());
    }
  }

  private static void free(NativeScope lifetime) {
    try {
      lifetime.close();
    } catch (EngineException e) {
      // Who brought it about may be a run that has its results; it is not its fault.
      LOG.error("The memory of an engine could not be freed.", e);
    }
  }
}
