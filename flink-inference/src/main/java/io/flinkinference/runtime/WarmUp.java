package io.flinkinference.runtime;

import io.flinkinference.batch.MeasuredRun;
import io.flinkinference.batch.RunCost;
import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.EngineException;
import io.flinkinference.engine.EngineMemoryException;
import io.flinkinference.engine.InferenceEngine;
import io.flinkinference.engine.Outputs;
import io.flinkinference.engine.RunTimeoutException;
import io.flinkinference.text.Encoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs an engine before the first record, from small batches to the budget, and remembers what each
 * took. The first record then meets memory that is laid out and code that is compiled, and what a
 * batch costs is known. Each shape is run by as many threads at once as the engine allows, for so
 * it is under load: runs share caches and memory, and a batch that is best alone is too large then.
 *
 * <p>It is done once for all subtasks that share the engine: who comes second finds it done, or
 * waits for it.
 *
 * <p><b>Thread safety:</b> all methods may be called by any thread.
 */
public final class WarmUp {

  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

  /** Each shape so often by each thread; the best counts, for others can only slow a run down. */
  private static final int REPEATS = 3;

  /** Small shapes more often: they take no time, and are disturbed more easily. */
  private static final int MOST_REPEATS = 10;

  private static final int SHORTEST = 8;
  private static final int FIRST_BUDGET = 256;

  /** Rows of full batches: sentences. */
  private static final int TYPICAL_WIDTH = 32;

  /** A larger budget has to do so much better than a smaller one: it costs latency and memory. */
  private static final double WORTHWHILE = 1.05;

  private final InferenceEngine engine;
  private final int fillTokenId;
  private final int maxWidth;

  private final ReentrantLock lock = new ReentrantLock();
  // Guarded by the lock.
  private final List<MeasuredRun> single = new ArrayList<>();
  private final List<MeasuredRun> full = new ArrayList<>();
  private boolean singleDone;
  private int fullUpTo;
  private boolean memoryEnded;
  private int mostTokensInTime = Integer.MAX_VALUE;
  private long nanos;

  /**
   * @param engine to be warmed up
   * @param fillTokenId of all tokens; the last of a text, for some graphs fail on a row without it
   * @param maxWidth most tokens of a text
   */
  public WarmUp(InferenceEngine engine, int fillTokenId, int maxWidth) {
    this.engine = engine;
    this.fillTokenId = fillTokenId;
    this.maxWidth = maxWidth;
  }

  /**
   * Runs single texts of all lengths and full batches up to a budget, as far as that is not done.
   *
   * @param budget most padded tokens of a batch
   * @param whileItPays whether to end where a larger budget does hardly more
   * @return what was measured
   * @throws RunTimeoutException if a single text, or the smallest batch, takes longer than a run
   *     may
   * @throws InterruptedException if the caller is interrupted; full batches that were measured
   *     until then stay
   */
  public Measured run(int budget, boolean whileItPays) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long start = System.nanoTime();
      int before = single.size() + full.size();
      runSingle();
      runFull(budget, whileItPays);
      if (single.size() + full.size() > before) {
        nanos += System.nanoTime() - start;
        report();
      }
      return new Measured(List.copyOf(single), List.copyOf(full), mostTokensInTime, nanos);
    } finally {
      lock.unlock();
    }
  }

  private void runSingle() throws InterruptedException {
    if (singleDone) {
      return;
    }
    single.clear();
    try {
      for (int width = Math.min(SHORTEST, maxWidth); width < maxWidth; width *= 4) {
        single.add(measure(1, width));
      }
      single.add(measure(1, maxWidth));
    } catch (EngineMemoryException e) {
      if (single.isEmpty()) {
        throw e; // No text can be run.
      }
      LOG.warn("Long texts, of up to {} tokens, cannot be run: {}", maxWidth, e.getMessage());
    }
    singleDone = true;
  }

  private void runFull(int budget, boolean whileItPays) throws InterruptedException {
    int width = Math.min(TYPICAL_WIDTH, maxWidth);
    while (fullUpTo < Math.min(budget, mostTokensInTime)
        && !memoryEnded
        && !(whileItPays && lastHardlyPaid())) {
      int tokens = Math.min(Math.max(FIRST_BUDGET, 2 * fullUpTo), budget);
      try {
        full.add(measure(Math.max(1, tokens / width), width));
      } catch (EngineMemoryException e) {
        LOG.warn("The warm-up ends at a budget of {} tokens: {}", fullUpTo, e.getMessage());
        memoryEnded = true; // Not tried again while others already run.
        return;
      } catch (RunTimeoutException e) {
        if (full.isEmpty()) {
          throw e; // Hardly a batch would come to its end.
        }
        LOG.warn("Batches get no more than {} tokens: {}", fullUpTo, e.getMessage());
        mostTokensInTime = fullUpTo;
        return;
      }
      fullUpTo = tokens;
    }
  }

  private boolean lastHardlyPaid() {
    int last = full.size() - 1;
    return last > 0
        && full.get(last).tokensPerSecond()
            < WORTHWHILE * mostTokensPerSecond(full.subList(0, last));
  }

  private static double mostTokensPerSecond(List<MeasuredRun> runs) {
    return runs.stream().mapToDouble(MeasuredRun::tokensPerSecond).max().orElse(0);
  }

  private MeasuredRun measure(int rows, int width) throws InterruptedException {
    int[] ids = new int[width];
    Arrays.fill(ids, fillTokenId);
    TokenBatch batch = engine.rounding().batch(Collections.nCopies(rows, Encoding.of(ids)));
    int callers = engine.concurrency();
    ExecutorService threads = Executors.newFixedThreadPool(callers, WarmUp::thread);
    try {
      long sum = 0;
      CountDownLatch ready = new CountDownLatch(callers);
      Callable<Long> caller =
          () -> {
            ready.countDown();
            ready.await(); // Else the first would be done before the last begins.
            return fastest(batch);
          };
      for (Future<Long> run : threads.invokeAll(Collections.nCopies(callers, caller))) {
        sum += run.get();
      }
      return new MeasuredRun(batch.rows(), batch.width(), sum / callers);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new EngineException("The warm-up failed: " + e.getCause().getMessage(), e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "inference-warm-up");
    thread.setDaemon(true);
    // Not the task's: a run that hangs would keep the job's classes in memory.
    thread.setContextClassLoader(WarmUp.class.getClassLoader());
    return thread;
  }

  /** Nanoseconds, above 0, of the fastest of a few runs. */
  private long fastest(TokenBatch batch) throws InterruptedException {
    long fastest = Long.MAX_VALUE;
    int small = Math.min(MOST_REPEATS, FIRST_BUDGET / batch.paddedTokens());
    for (int i = 0; i < Math.max(REPEATS, small); i++) {
      if (Thread.interrupted()) {
        throw new InterruptedException("Interrupted during the warm-up.");
      }
      long start = System.nanoTime();
      engine.run(batch, WarmUp::readAll);
      fastest = Math.min(fastest, System.nanoTime() - start);
    }
    return Math.max(1, fastest);
  }

  /** What a task reads of a run belongs to its time. */
  private static Void readAll(Outputs outputs) {
    outputs.names().forEach(outputs::get);
    return null;
  }

  private void report() {
    StringBuilder figures = new StringBuilder();
    for (List<MeasuredRun> runs : List.of(single, full)) {
      for (MeasuredRun run : runs) {
        figures.append(
            String.format(
                "%n  %4d x %-4d %9.2f ms %9.0f tokens/s",
                run.rows(), run.width(), run.nanos() / 1e6, run.tokensPerSecond()));
      }
    }
    LOG.info("Warm-up on {} in {} ms:{}", engine.device(), nanos / 1_000_000, figures);
  }

  /**
   * What the warm-up found.
   *
   * @param single runs of one text, from short to long
   * @param full runs of full batches, from small to large
   * @param mostTokensInTime most padded tokens of a batch whose run is not ended at its limit, as
   *     far as that was found
   * @param nanos how long the warm-up took, over all calls
   */
  public record Measured(
      List<MeasuredRun> single, List<MeasuredRun> full, int mostTokensInTime, long nanos) {

    /** The cost of a run, of whatever shape. */
    public RunCost cost() {
      List<MeasuredRun> all = new ArrayList<>(single);
      all.addAll(full);
      return RunCost.fit(all);
    }

    /** The smallest budget that does nearly as many tokens in a second as the best. */
    public int bestBudget() {
      double best = mostTokensPerSecond(full);
      for (MeasuredRun run : full) {
        if (run.tokensPerSecond() * WORTHWHILE >= best) {
          return run.paddedTokens();
        }
      }
      return single.get(single.size() - 1).paddedTokens(); // Memory ended below the first batch.
    }
  }
}
