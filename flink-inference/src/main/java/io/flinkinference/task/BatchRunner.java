package io.flinkinference.task;

import io.flinkinference.batch.Batcher;
import io.flinkinference.batch.Entry;
import io.flinkinference.batch.Failure;
import io.flinkinference.batch.TokenBatch;
import io.flinkinference.batch.TokenBudget;
import io.flinkinference.engine.EngineException;
import io.flinkinference.engine.EngineExecutor;
import io.flinkinference.engine.EngineMemoryException;
import io.flinkinference.engine.Outputs;
import io.flinkinference.engine.RunTimeoutException;
import io.flinkinference.engine.Watchdog.Watch;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.UnscorableException;
import io.flinkinference.runtime.LoadedModel;
import io.flinkinference.text.Encoding;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the batches of one subtask through the engine and the decoder.
 *
 * <p><b>A record at fault</b> is found by halving: a batch that fails is run again in halves until
 * the record stands alone; all others get their results. A row that cannot be decoded fails alone,
 * without another run. Out of memory halves the token budget, too.
 *
 * <p><b>An engine at fault</b> is told from a record at fault by a probe: before a record is blamed
 * for an engine failure, a text is run that ran before. If that fails as well, the batch goes back
 * as broken, and no record of it is blamed.
 *
 * <p><b>Time.</b> The engine ends a run after its run limit. The records of a batch that was ended
 * run again, each alone; a record that is ended alone is at fault, if the probe says so. All in all
 * a record is back within three run limits after its batch began: the batch, the record alone, the
 * probe. An engine that does not even heed its end is reported as broken after the same time, by
 * another thread.
 *
 * <p><b>Thread safety:</b> {@link #take} is called by several engine threads at once; each runs the
 * batch that it took.
 *
 * @param <E> type of the entries
 * @param <R> type of the results
 */
public final class BatchRunner<E extends Entry<R>, R> implements EngineExecutor.Source {

  private static final Logger LOG = LoggerFactory.getLogger(BatchRunner.class);

  private final Batcher<E> batcher;
  private final TokenBudget budget;
  private final LoadedModel model;
  private final TaskDecoder<R> decoder;
  private final Consumer<BatchReport<E>> done;
  private final long runLimitNanos;

  /**
   * @param batcher where the records wait
   * @param budget of the batcher; is told how runs go
   * @param model runs the batches
   * @param done receives each batch that the engine is done with, mostly on the engine thread that
   *     ran it; must not throw
   */
  public BatchRunner(
      Batcher<E> batcher,
      TokenBudget budget,
      LoadedModel model,
      TaskDecoder<R> decoder,
      Consumer<BatchReport<E>> done) {
    this.batcher = batcher;
    this.budget = budget;
    this.model = model;
    this.decoder = decoder;
    this.done = done;
    this.runLimitNanos = model.engine().runLimit().toNanos();
  }

  @Override
  public long nanosUntilWork() {
    return batcher.nanosUntilReady(System.nanoTime());
  }

  @Override
  public Runnable take() {
    List<E> entries = batcher.take();
    return entries.isEmpty() ? null : new Job(entries);
  }

  /** One batch on its way, with its halves. Owned by the thread that took it. */
  private final class Job implements Runnable {

    private final List<E> taken;
    private final long startNanos = System.nanoTime();
    private final AtomicBoolean handedBack = new AtomicBoolean();
    private final List<E> again = new ArrayList<>(0);
    private final RunCounts counts = new RunCounts();

    Job(List<E> taken) {
      this.taken = taken;
    }

    @Override
    public void run() {
      // A record that was ended before has used a third of its time.
      int limits = taken.get(0).attempts() == 0 ? 3 : 2;
      Watch watch = model.watchdog().after(limits * runLimitNanos, this::hangs);
      Throwable fatal = null;
      try {
        run(taken);
      } catch (Throwable e) {
        // Out of heap, a native library that does not load, an engine that fails on everything: no
        // record is at fault. Whatever it is, the batch must go back, or its records would never
        // leave.
        fatal = e;
      }
      watch.end();
      if (handedBack.compareAndSet(false, true)) {
        if (fatal == null) {
          batcher.addAlone(again);
        }
        done.accept(report(fatal));
      }
    }

    /** Called by the watchdog's thread. */
    private void hangs() {
      if (handedBack.compareAndSet(false, true)) {
        done.accept(
            new BatchReport<>(
                taken,
                new RunCounts(),
                startNanos,
                System.nanoTime() - startNanos,
                new EngineException(
                    "The engine hangs on "
                        + model.engine().device()
                        + ": "
                        + batchOf(taken)
                        + " has not come back after "
                        + (System.nanoTime() - startNanos) / 1_000_000
                        + " ms, though a run is told to end after "
                        + runLimitNanos / 1_000_000
                        + " ms.")));
      }
    }

    private BatchReport<E> report(Throwable fatal) {
      List<E> finished = taken;
      if (fatal == null && !again.isEmpty()) {
        finished = new ArrayList<>(taken);
        finished.removeAll(again);
      }
      return new BatchReport<>(finished, counts, startNanos, System.nanoTime() - startNanos, fatal);
    }

    private void run(List<E> entries) {
      if (counts.runs() > 0 && System.nanoTime() - startNanos > runLimitNanos) {
        counts.retried(entries.size());
        again.addAll(entries); // So that what is finished goes back in time.
        return;
      }
      TokenBatch batch = batchOf(entries);
      counts.run(batch);
      entries.forEach(Entry::startAttempt);
      int attempts = entries.get(0).attempts();
      try {
        model.engine().run(batch, outputs -> decode(entries, batch, outputs));
        budget.ranWell(batch.paddedTokens());
      } catch (RunTimeoutException e) {
        counts.timedOut();
        if (entries.size() > 1 || attempts == 1) {
          counts.retried(entries.size());
          LOG.warn("{} Its records run again, each alone.", e.getMessage());
          again.addAll(entries);
        } else {
          blame(entries.get(0), DeadLetterReason.ENGINE_TIMEOUT, e, attempts);
        }
      } catch (EngineMemoryException e) {
        counts.outOfMemory();
        budget.outOfMemory(batch.paddedTokens());
        LOG.warn("{} The token budget falls to {}.", e.getMessage(), budget.tokens());
        halve(entries, DeadLetterReason.ENGINE_OUT_OF_MEMORY, e, attempts);
      } catch (RuntimeException e) {
        halve(entries, DeadLetterReason.ENGINE_FAILURE, e, attempts);
      }
    }

    private void halve(List<E> entries, DeadLetterReason reason, RuntimeException e, int attempts) {
      if (entries.size() == 1) {
        blame(entries.get(0), reason, e, attempts);
        return;
      }
      counts.halved();
      int half = entries.size() / 2;
      run(entries.subList(0, half));
      run(entries.subList(half, entries.size()));
    }

    private void blame(E entry, DeadLetterReason reason, RuntimeException e, int attempts) {
      try {
        model.probe();
      } catch (RuntimeException probe) {
        EngineException broken =
            new EngineException(
                "The engine fails on every text on "
                    + model.engine().device()
                    + ", also on one that ran before, so no record is at fault: "
                    + probe.getMessage(),
                probe);
        broken.addSuppressed(e);
        throw broken;
      }
      entry.fail(new Failure(reason, describe(e), attempts));
    }

    private Void decode(List<E> entries, TokenBatch batch, Outputs outputs) {
      for (int row = 0; row < entries.size(); row++) {
        E entry = entries.get(row);
        try {
          entry.complete(decoder.decode(batch, row, outputs));
        } catch (UnscorableException e) {
          entry.fail(new Failure(e.reason(), e.getMessage(), entry.attempts()));
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
