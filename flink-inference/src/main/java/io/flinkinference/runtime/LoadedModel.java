package io.flinkinference.runtime;

import io.flinkinference.engine.EngineExecutor;
import io.flinkinference.engine.InferenceEngine;
import io.flinkinference.engine.Watchdog;
import io.flinkinference.model.DenseWeights;
import io.flinkinference.model.Model;
import io.flinkinference.result.ModelStamp;
import io.flinkinference.text.Encoding;
import io.flinkinference.tokenize.Tokenizer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
 * @param dense weights of the model's dense layers, in their order
 */
public record LoadedModel(
    Model model,
    Tokenizer tokenizer,
    InferenceEngine engine,
    EngineExecutor executor,
    Watchdog watchdog,
    Encoding probeText,
    WarmUp warmUp,
    List<DenseWeights> dense)
    implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LoadedModel.class);

  /** For threads to end whose run has just come back, when the engine took all the time. */
  private static final Duration LEAST_WAIT = Duration.ofMillis(200);

  public LoadedModel {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(tokenizer, "tokenizer");
    Objects.requireNonNull(engine, "engine");
    Objects.requireNonNull(executor, "executor");
    Objects.requireNonNull(watchdog, "watchdog");
    Objects.requireNonNull(probeText, "probeText");
    Objects.requireNonNull(warmUp, "warmUp");
    dense = List.copyOf(dense);
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

  /** Whether its engine was found to work no more. */
  public boolean isBroken() {
    return executor.isBroken();
  }

  /**
   * Runs a text that ran before, to see whether the engine still works.
   *
   * @throws io.flinkinference.engine.EngineException if it does not
   */
  public void probe() {
    engine.run(engine.rounding().batch(probeText), outputs -> null);
  }

  /**
   * Ends runs that are under way and frees all memory. Takes little longer than {@link
   * InferenceEngine#CLOSE_LIMIT}: a thread whose run does not heed is left to end with it, and an
   * error is logged. An interrupt does not shorten that, and is kept.
   */
  @Override
  public void close() {
    // No thread takes a further turn, or it would only find that the engine is closed.
    executor.shutdown();
    long start = System.nanoTime();
    try {
      engine.close();
    } finally {
      try {
        awaitThreads(InferenceEngine.CLOSE_LIMIT.minusNanos(System.nanoTime() - start));
      } finally {
        // Only now: it is what ends the runs of threads that are still there.
        watchdog.close();
        tokenizer.close();
        NativeHeap.trim();
      }
    }
  }

  private void awaitThreads(Duration left) {
    Duration limit = left.compareTo(LEAST_WAIT) < 0 ? LEAST_WAIT : left;
    if (!executor.awaitTermination(limit)) {
      LOG.error(
          "Threads of the model {} are in a run that does not end. They, and the memory of the"
              + " model, stay until it does.",
          model.name());
    }
  }
}
