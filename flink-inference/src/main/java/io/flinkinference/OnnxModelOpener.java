package io.flinkinference;

import io.flinkinference.batch.ShapeRounding;
import io.flinkinference.engine.Device;
import io.flinkinference.engine.EngineExecutor;
import io.flinkinference.engine.EngineOptions;
import io.flinkinference.engine.InferenceEngine;
import io.flinkinference.engine.Watchdog;
import io.flinkinference.engine.onnx.ExecutionProviders;
import io.flinkinference.engine.onnx.OnnxEngine;
import io.flinkinference.model.DenseWeights;
import io.flinkinference.model.FusedGraph;
import io.flinkinference.model.GraphChoice;
import io.flinkinference.model.InferenceFile;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelConfig;
import io.flinkinference.model.ModelException;
import io.flinkinference.model.ModelRepositories;
import io.flinkinference.model.TemporaryGraph;
import io.flinkinference.runtime.BatchInvariance;
import io.flinkinference.runtime.LoadOptions;
import io.flinkinference.runtime.LoadedModel;
import io.flinkinference.runtime.ModelLease;
import io.flinkinference.runtime.ModelLeases;
import io.flinkinference.runtime.ModelOpener;
import io.flinkinference.runtime.ModelTokenizer;
import io.flinkinference.runtime.WarmUp;
import io.flinkinference.task.Task;
import io.flinkinference.text.Encoding;
import io.flinkinference.text.TextInput;
import io.flinkinference.tokenize.Tokenizer;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.configuration.ReadableConfig;

/**
 * Opens a model with ONNX Runtime and its Hugging Face tokenizer, once in this process for all who
 * ask for it with the same options.
 *
 * @param id as {@link ModelRepositories#standard} takes it
 * @param choice which of its graphs
 * @param minParity how near it has to be to the model it was made from; 0 for any
 * @param options how it is loaded
 * @param userClassLoader whether native code may come from the job's jar
 */
record OnnxModelOpener(
    String id,
    GraphChoice choice,
    double minParity,
    LoadOptions options,
    InferenceOptions.NativeUserClassLoader userClassLoader)
    implements ModelOpener {

  private static final long serialVersionUID = 1L;

  private static final String SAMPLE =
      "The parliament debated the budget for the coming year, and after several hours the members"
          + " agreed that roads, schools and hospitals in the smaller towns should be paid for"
          + " first, before any other project is begun.";

  static OnnxModelOpener of(String id, Task<?> task, ReadableConfig config) {
    if (task.needsSpans()) {
      refusePrefix(config.getOptional(InferenceOptions.TEXT_PREFIX).orElse(""));
    }
    LoadOptions options = OptionReader.loadOptions(config);
    return new OnnxModelOpener(
        id,
        OptionReader.graphChoice(config),
        OptionReader.minParity(config),
        // Only the native tokenizer knows where tokens stand in a text.
        task.needsSpans() ? options.withNativeTokenizer() : options,
        config.get(InferenceOptions.NATIVE_USER_CLASS_LOADER));
  }

  /** One that the model itself asks for is known, and refused, when it is open. */
  private static void refusePrefix(String prefix) {
    if (!prefix.isEmpty()) {
      throw new IllegalArgumentException(
          InferenceOptions.TEXT_PREFIX.key()
              + " is '"
              + prefix
              + "', but the task says where in a text its tokens stand, and that is not known behind"
              + " a prefix. Leave it out, and score a task that needs it by itself.");
    }
  }

  @Override
  public ModelLease open() throws InterruptedException {
    if (userClassLoader == InferenceOptions.NativeUserClassLoader.REFUSE) {
      NativeDeployment.check(
          OnnxModelOpener.class.getClassLoader(), NativeDeployment.Library.ONNX_RUNTIME);
    }
    Model model = resolve();
    if (minParity > 0) {
      InferenceFile.of(model).requireParity(model, minParity);
    }
    return ModelLeases.SHARED.acquire(model, options, () -> load(model));
  }

  @Override
  public OnnxModelOpener on(Device device) {
    return new OnnxModelOpener(
        id,
        choice,
        minParity,
        options.withDevice(ExecutionProviders.asRun(device)),
        userClassLoader);
  }

  private Model resolve() {
    return ModelRepositories.standard().resolve(id, choice);
  }

  /** Loads the files of a model that was resolved just before. */
  LoadedModel load(Model model) {
    Tokenizer tokenizer =
        ModelTokenizer.open(
            model,
            maxTokens(model),
            options.maxCharacters(),
            options.nativeTokenizer(),
            this::checkNativeTokenizer);
    Watchdog watchdog = new Watchdog(threads(model.name() + "-watchdog"));
    InferenceEngine engine = null;
    boolean loaded = false;
    try {
      // A limit that no text fits into must fail the job, not send its whole topic to the dead
      // letters.
      Encoding probe = tokenizer.encode(TextInput.of("a"));
      Encoding sample = tokenizer.encode(TextInput.of(SAMPLE));
      EngineOptions engineOptions = engineOptions(model, lastId(probe));
      engine =
          options.fuses()
              ? openFused(model, List.of(probe, sample), engineOptions, watchdog)
              : OnnxEngine.open(model.onnxFile(), engineOptions, watchdog);
      List<DenseWeights> dense = DenseWeights.all(model.config().dense());
      requireUnchanged(model);
      engine.run(engine.rounding().batch(probe), outputs -> null);
      Model tried = tryInvariance(model, engine, sample);
      EngineExecutor executor = new EngineExecutor(engine.concurrency(), threads(model.name()));
      loaded = true;
      return new LoadedModel(
          tried,
          tokenizer,
          engine,
          executor,
          watchdog,
          probe,
          new WarmUp(engine, lastId(probe), maxTokens(model)),
          dense);
    } finally {
      if (!loaded) {
        if (engine != null) {
          engine.close();
        }
        watchdog.close();
        tokenizer.close();
      }
    }
  }

  /** Else one graph might run under the SHA-256, the labels and the parity of another. */
  private void requireUnchanged(Model model) {
    if (!resolve().equals(model)) {
      throw new ModelException(
          "The model '"
              + model.name()
              + "' changed while it was loaded: of the files in "
              + model.tokenizerFile().getParent()
              + " some may be of another one. Start again when all are in place.");
    }
  }

  private static OnnxEngine openFused(
      Model model, List<Encoding> samples, EngineOptions engineOptions, Watchdog watchdog) {
    try (TemporaryGraph fused = FusedGraph.of(model, samples)) {
      return OnnxEngine.open(fused.file(), engineOptions, watchdog);
    }
  }

  private static int lastId(Encoding text) {
    return text.id(text.length() - 1);
  }

  private EngineOptions engineOptions(Model model, int probeTokenId) {
    ModelConfig config = model.config();
    return new EngineOptions(
        Device.parse(options.device()),
        options.concurrency(),
        options.intraOpThreads(),
        config.vocabularySize(),
        config.padTokenId(),
        probeTokenId,
        options.runLimit(),
        config.layout().padLeft(),
        config.layout().firstPosition(),
        options.provider(),
        options.roundsShapes() ? ShapeRounding.few(maxTokens(model)) : ShapeRounding.EXACT);
  }

  private void checkNativeTokenizer() {
    if (userClassLoader == InferenceOptions.NativeUserClassLoader.REFUSE) {
      NativeDeployment.check(
          OnnxModelOpener.class.getClassLoader(), NativeDeployment.Library.TOKENIZERS);
    }
  }

  /** The graph may look as if rows did not affect each other, and the runtime do otherwise. */
  private static Model tryInvariance(Model model, InferenceEngine engine, Encoding sample) {
    boolean claimed = model.graph().batchInvariant();
    return claimed && !BatchInvariance.holds(engine, sample) ? model.varyingByBatch() : model;
  }

  private int maxTokens(Model model) {
    int limit = model.config().maxTokens();
    if (options.maxTokens() > limit) {
      throw new IllegalArgumentException(
          InferenceOptions.MAX_TOKENS.key()
              + " is "
              + options.maxTokens()
              + ", but the model "
              + model.name()
              + " takes at most "
              + limit
              + " tokens. Lower it to that, or to 0 for the model's limit.");
    }
    return options.maxTokens() == 0 ? limit : options.maxTokens();
  }

  private static ThreadFactory threads(String model) {
    AtomicInteger number = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, "inference-" + model + "-" + number.incrementAndGet());
      thread.setDaemon(true);
      // Not the creator's: that of a job would stay in memory as long as another leases the model.
      thread.setContextClassLoader(OnnxModelOpener.class.getClassLoader());
      return thread;
    };
  }
}
