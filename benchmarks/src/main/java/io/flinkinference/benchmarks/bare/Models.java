package io.flinkinference.benchmarks.bare;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.Device;
import io.flinkinference.engine.EngineExecutor;
import io.flinkinference.engine.EngineOptions;
import io.flinkinference.engine.InferenceEngine;
import io.flinkinference.engine.Watchdog;
import io.flinkinference.engine.onnx.OnnxEngine;
import io.flinkinference.model.DenseWeights;
import io.flinkinference.model.Model;
import io.flinkinference.runtime.LoadedModel;
import io.flinkinference.runtime.ModelTokenizer;
import io.flinkinference.runtime.WarmUp;
import io.flinkinference.text.Encoding;
import io.flinkinference.text.TextInput;
import io.flinkinference.tokenize.Tokenizer;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;

/** Loads a model for one user, beside those that are shared. */
public final class Models {

  private static final int MAX_CHARACTERS = 100_000;
  private static final Duration RUN_LIMIT = Duration.ofMinutes(1);

  private Models() {}

  /**
   * The tokenizer that the operator takes for a model unless the options ask for another, with the
   * operator's default limits.
   */
  public static Tokenizer tokenizer(Model model) {
    return ModelTokenizer.open(model, model.config().maxTokens(), MAX_CHARACTERS, false, () -> {});
  }

  /**
   * The engine of a model.
   *
   * @param concurrency runs at once
   * @param intraOpThreads threads of a run
   */
  public static InferenceEngine engine(
      Model model, int concurrency, int intraOpThreads, Watchdog watchdog) {
    return OnnxEngine.open(
        model.onnxFile(),
        new EngineOptions(
            Device.CPU,
            concurrency,
            intraOpThreads,
            model.config().vocabularySize(),
            model.config().padTokenId(),
            RUN_LIMIT),
        watchdog);
  }

  /** All that an operator needs of a model, in memory of its own. */
  public static LoadedModel load(Model model, int concurrency) {
    ThreadFactory threads = threads("own-engine-" + model.name());
    Watchdog watchdog = new Watchdog(threads);
    Tokenizer tokenizer = tokenizer(model);
    InferenceEngine engine = engine(model, concurrency, 1, watchdog);
    Encoding probe = tokenizer.encode(TextInput.of("a"));
    engine.run(TokenBatch.of(probe), outputs -> null);
    return new LoadedModel(
        model,
        tokenizer,
        engine,
        new EngineExecutor(concurrency, threads),
        watchdog,
        probe,
        new WarmUp(engine, probe.id(probe.length() - 1), model.config().maxTokens()),
        DenseWeights.all(model.config().dense()));
  }

  static ThreadFactory threads(String name) {
    return work -> {
      Thread thread = new Thread(work, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
