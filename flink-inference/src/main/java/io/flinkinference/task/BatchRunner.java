package io.flinkinference.task;

import io.flinkinference.batch.Batcher;
import io.flinkinference.batch.Entry;
import io.flinkinference.batch.Failure;
import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.EngineExecutor;
import io.flinkinference.engine.InferenceEngine;
import io.flinkinference.engine.Outputs;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.UnscorableException;
import io.flinkinference.text.Encoding;
import java.util.List;
import java.util.function.Consumer;

/**
 * Takes the batches of one subtask through the engine and the decoder.
 *
 * <p>A batch that fails is halved until the record at fault stands alone; all others get their
 * results. A row that cannot be decoded fails alone, without another run.
 *
 * <p><b>Thread safety:</b> {@link #runNext} is called by several engine threads at once; each works
 * on the batch that it took.
 *
 * @param <E> type of the entries
 * @param <R> type of the results
 */
public final class BatchRunner<E extends Entry<R>, R> implements EngineExecutor.Source {

  private final Batcher<E> batcher;
  private final InferenceEngine engine;
  private final TaskDecoder<R> decoder;
  private final Consumer<BatchReport<E>> done;

  /**
   * @param done receives each finished batch, on the engine thread that ran it; must not throw
   */
  public BatchRunner(
      Batcher<E> batcher,
      InferenceEngine engine,
      TaskDecoder<R> decoder,
      Consumer<BatchReport<E>> done) {
    this.batcher = batcher;
    this.engine = engine;
    this.decoder = decoder;
    this.done = done;
  }

  @Override
  public boolean hasWork() {
    return !batcher.isEmpty();
  }

  @Override
  public void runNext() {
    List<E> entries = batcher.take();
    if (!entries.isEmpty()) {
      done.accept(new Job(System.nanoTime()).finish(entries));
    }
  }

  /** One batch on its way, with its halves. Owned by the thread that took it. */
  private final class Job {

    private final long startNanos;
    private int runs;
    private long realTokens;
    private long paddedTokens;

    Job(long startNanos) {
      this.startNanos = startNanos;
    }

    BatchReport<E> finish(List<E> entries) {
      Throwable fatal = null;
      try {
        run(entries, 1);
      } catch (Throwable e) {
        // Out of heap, a native library that does not load: no record is at fault. Whatever it is,
        // the batch must go back, or its records would never leave.
        fatal = e;
      }
      long engineNanos = System.nanoTime() - startNanos;
      return new BatchReport<>(
          entries, runs, realTokens, paddedTokens, startNanos, engineNanos, fatal);
    }

    private void run(List<E> entries, int attempt) {
      TokenBatch batch = batchOf(entries);
      runs++;
      realTokens += batch.realTokens();
      paddedTokens += batch.paddedTokens();
      try {
        engine.run(batch, outputs -> decode(entries, batch, outputs, attempt));
      } catch (RuntimeException e) {
        if (entries.size() == 1) {
          entries.get(0).fail(new Failure(DeadLetterReason.ENGINE_FAILURE, describe(e), attempt));
          return;
        }
        int half = entries.size() / 2;
        run(entries.subList(0, half), attempt + 1);
        run(entries.subList(half, entries.size()), attempt + 1);
      }
    }

    private Void decode(List<E> entries, TokenBatch batch, Outputs outputs, int attempt) {
      for (int row = 0; row < entries.size(); row++) {
        E entry = entries.get(row);
        try {
          entry.complete(decoder.decode(batch, row, outputs));
        } catch (UnscorableException e) {
          entry.fail(new Failure(e.reason(), e.getMessage(), attempt));
        }
      }
      return null;
    }
  }

  private static TokenBatch batchOf(List<? extends Entry<?>> entries) {
    Encoding[] rows = new Encoding[entries.size()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = entries.get(i).encoding();
    }
    return TokenBatch.of(rows);
  }

  private static String describe(RuntimeException e) {
    return e.getMessage() == null ? e.getClass().getName() : e.getMessage();
  }
}
