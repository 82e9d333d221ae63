package io.flinkinference.benchmarks.bare;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.benchmarks.measure.Sample;
import io.flinkinference.engine.InferenceEngine;
import io.flinkinference.engine.TensorSpec;
import io.flinkinference.engine.Watchdog;
import io.flinkinference.model.Model;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * An engine and as many callers as it takes at once; nothing else.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
public final class BareEngine implements AutoCloseable {

  private final Watchdog watchdog = new Watchdog(Models.threads("watchdog"));
  private final InferenceEngine engine;
  private final Callers callers;

  /**
   * Loads a model into ONNX Runtime.
   *
   * @param concurrency runs at once
   * @param intraOpThreads threads of a run
   */
  public BareEngine(Model model, int concurrency, int intraOpThreads) {
    engine = Models.engine(model, concurrency, intraOpThreads, watchdog);
    callers = new Callers(concurrency);
  }

  /** Runs batches in their order; the outputs are left where the engine puts them. */
  public Sample run(List<TokenBatch> batches) throws InterruptedException, ExecutionException {
    return callers.run(
        batches.size(),
        number -> engine.run(batches.get(number), outputs -> null),
        batches.stream().mapToLong(TokenBatch::rows).sum(),
        batches.stream().mapToLong(TokenBatch::realTokens).sum());
  }

  /** Names and shapes of the outputs. */
  List<TensorSpec> outputs() {
    return engine.outputs();
  }

  @Override
  public void close() {
    callers.close();
    engine.close();
    watchdog.close();
  }
}
