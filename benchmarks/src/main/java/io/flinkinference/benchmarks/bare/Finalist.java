package io.flinkinference.benchmarks.bare;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.benchmarks.measure.Contender;
import io.flinkinference.benchmarks.measure.Sample;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * The bare engine with all texts, in one of the best shapes of a search.
 *
 * <p><b>Thread safety:</b> for one thread.
 *
 * @param engine of another's, and perhaps of several finalists
 * @param batches all texts, for this shape
 */
record Finalist(Shape shape, BareEngine engine, List<TokenBatch> batches) implements Contender {

  @Override
  public String name() {
    return name(shape);
  }

  static String name(Shape shape) {
    return Limit.NAME + ", " + shape;
  }

  @Override
  public Sample run() throws InterruptedException, ExecutionException {
    return engine.run(batches);
  }
}
