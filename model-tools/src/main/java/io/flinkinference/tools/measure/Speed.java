package io.flinkinference.tools.measure;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.tools.session.GraphSession;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Compares how fast two graphs run. Both take short turns, so that whatever else the machine does
 * slows both; the median of the turns' ratios counts. As many callers run at once as there are
 * processors, each on one thread, as under the operator.
 *
 * <p><b>Thread safety:</b> for one thread, which waits for its callers.
 */
public final class Speed implements AutoCloseable {

  /** A caller runs at least so many in a turn: fewer would tell how fast threads wake. */
  private static final int TOKENS_OF_A_TURN = 512;

  private final GraphSession original;
  private final GraphSession other;
  private final int vocabularySize;
  private final int endTokenId;
  private final int callers;
  private final ExecutorService threads;

  /**
   * @param original to be compared with; stays open
   * @param other graph; stays open
   * @param vocabularySize of both
   * @param endTokenId that texts of both end in
   * @param callers that run at once
   */
  public Speed(
      GraphSession original, GraphSession other, int vocabularySize, int endTokenId, int callers) {
    this.original = original;
    this.other = other;
    this.vocabularySize = vocabularySize;
    this.endTokenId = endTokenId;
    this.callers = callers;
    this.threads = Executors.newFixedThreadPool(callers);
  }

  /**
   * Measures.
   *
   * @param turns of each graph, at least 1; the first, which lays memory out, is not counted
   * @param done called after each turn of both
   * @throws InterruptedException if the caller is interrupted meanwhile
   */
  public ShapeSpeed measure(Shape shape, int turns, Runnable done) throws InterruptedException {
    TokenBatch batch = shape.batch(vocabularySize, endTokenId);
    int runs = Math.max(1, TOKENS_OF_A_TURN / shape.tokens());
    List<Double> firsts = new ArrayList<>();
    List<Double> seconds = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (int turn = 0; turn <= turns; turn++) {
      // Who comes first changes: the second finds caches as the first left them.
      boolean swapped = turn % 2 == 1;
      double one = nanos(swapped ? other : original, batch, runs);
      double two = nanos(swapped ? original : other, batch, runs);
      if (turn > 0) {
        firsts.add(swapped ? two : one);
        seconds.add(swapped ? one : two);
        ratios.add(swapped ? two / one : one / two);
        done.run();
      }
    }
    double tokens = 1e9 * callers * runs * shape.tokens();
    return new ShapeSpeed(
        shape.toString(), tokens / median(firsts), tokens / median(seconds), median(ratios));
  }

  /** The geometric mean of ratios. */
  public static double mean(List<ShapeSpeed> speeds) {
    return Math.exp(speeds.stream().mapToDouble(one -> Math.log(one.ratio())).average().orElse(0));
  }

  private double nanos(GraphSession session, TokenBatch batch, int runs)
      throws InterruptedException {
    Callable<Void> caller =
        () -> {
          for (int run = 0; run < runs; run++) {
            session.run(batch);
          }
          return null;
        };
    long start = System.nanoTime();
    for (Future<Void> run : threads.invokeAll(Collections.nCopies(callers, caller))) {
      try {
        run.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("A run failed: " + e.getCause().getMessage(), e.getCause());
      }
    }
    return Math.max(1, System.nanoTime() - start);
  }

  private static double median(List<Double> values) {
    return Median.of(values, value -> value);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
