package io.flinkinference.runtime;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.EngineExecutor;
import io.flinkinference.engine.InferenceEngine;
import io.flinkinference.engine.Watchdog;
import io.flinkinference.model.Model;
import io.flinkinference.result.ModelStamp;
import io.flinkinference.text.Encoding;
import io.flinkinference.tokenize.Tokenizer;
import java.util.Objects;

/**
 * A model in memory: its tokenizer, its engine and the threads that run it.
 *
 * <p><b>Thread safety:</b> all parts may be used by any number of threads at once.
 *
 * @param model where it came from
 * @param tokenizer owned
 * @param engine owned
 * @param executor owned
 * @param watchdog ends what takes too long; owned
 * @param probeText a text that the engine has run
 * @param warmUp of the engine
 */
public record LoadedModel(
    Model model,
    Tokenizer tokenizer,
    InferenceEngine engine,
    EngineExecutor executor,
    Watchdog watchdog,
    Encoding probeText,
    WarmUp warmUp)
    implements AutoCloseable {

  public LoadedModel {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(tokenizer, "tokenizer");
    Objects.requireNonNull(engine, "engine");
    Objects.requireNonNull(executor, "executor");
    Objects.requireNonNull(watchdog, "watchdog");
    Objects.requireNonNull(probeText, "probeText");
    Objects.requireNonNull(warmUp, "warmUp");
  }

  /** What is stamped on every result. */
  public ModelStamp stamp() {
    return new ModelStamp(
        model.name(),
        model.sha256(),
        model.graph().precision(),
        engine.device().toString(),
        model.graph().batchInvariant());
  }

  /**
   * Runs a text that ran before, to see whether the engine still works.
   *
   * @throws io.flinkinference.engine.EngineException if it does not
   */
  public void probe() {
    engine.run(TokenBatch.of(probeText), outputs -> null);
  }

  /** Ends runs that are under way and frees all memory. */
  @Override
  public void close() {
    // The threads end first: none may enter an engine that is closed.
    executor.shutdown();
    try {
      engine.close();
    } finally {
      executor.awaitTermination();
      watchdog.close();
      tokenizer.close();
    }
  }
}
