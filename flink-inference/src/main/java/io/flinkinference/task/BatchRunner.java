package io.flinkinference.task;

import io.flinkinference.batch.Batcher;
import io.flinkinference.batch.Entry;
import io.flinkinference.batch.Failure;
import io.flinkinference.batch.TokenBatch;
import io.flinkinference.batch.TokenBudget;
import io.flinkinference.engine.EngineException;
import io.flinkinference.engine.EngineExecutor;
import io.flinkinference.engine.EngineMemoryException;
import io.flinkinference.engine.LostDeviceException;
import io.flinkinference.engine.Outputs;
import io.flinkinference.engine.RunTimeoutException;
import io.flinkinference.engine.Watchdog.Watch;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.StackDigest;
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
 * without another run, unless the model is one in which a row affects the others of its batch: then
 * each such row runs again alone. Out of memory halves the token budget, too; a record for which
 * alone the memory was lacking runs once more, for others may have held it.
 *
 * <p><b>An engine at fault</b> is told from a record at fault by a probe: before a record is blamed
 * for an engine failure, a text is run that ran before. If that fails as well, the batch goes back
 * as broken, and no record of it is blamed. All who share the engine are told.
 *
 * <p><b>Time.</b> The engine ends a run after its run limit. Then the probe runs at once: a device
 * that hangs is found in this turn, however many turns of other subtasks stand before the next. If
 * the probe is fine, the records run again, each alone; a record that is ended alone is at fault,
 * after another probe. A turn begins no run after its first run limit, so it is over within three:
 * the first runs, the last one, the probe. An engine that does not even heed its end is reported as
 * broken after the same time, by another thread.
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
  private final boolean rowsAffectEachOther;

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
    this.rowsAffectEachOther = !model.model().graph().batchInvariant();
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

  @Override
  public void broken(Throwable why) {
    done.accept(new BatchReport<>(List.of(), new RunCounts(), System.nanoTime(), 0, why));
  }

  /** One batch on its way, with its halves. Owned by the thread that took it. */
  private final class Job implements Runnable {

    private final List<E> taken;
    private final boolean isRetry;
    private final long startNanos = System.nanoTime();
    private final AtomicBoolean handedBack = new AtomicBoolean();
    private final List<E> again = new ArrayList<>(0);
    private final RunCounts counts = new RunCounts();

    Job(List<E> taken) {
      this.taken = taken;
      // What has run before came back by addAlone, and is alone here too.
      this.isRetry = taken.get(0).attempts() > 0;
    }

    @Override
    public void run() {
      Throwable fatal = null;
      try {
        // A retry is one run and the probe.
        int limits = isRetry ? 2 : 3;
        Watch watch = model.watchdog().after(limits * runLimitNanos, this::hangs);
        try {
          List<E> due = due();
          if (!due.isEmpty()) {
            run(due);
          }
          counts.finished(due.size() - again.size());
        } finally {
          watch.end();
        }
      } catch (Throwable e) {
        // Out of heap, a native library that does not load, an engine that fails on everything: no
        // record is at fault. Whatever it is, the batch must go back, or its records would never
        // leave.
        fatal = e;
      }
      if (handedBack.compareAndSet(false, true)) {
        if (fatal == null && !again.isEmpty()) {
          batcher.addAlone(again);
        }
        if (isOfTheEngine(fatal)) {
          // First, for who is told of the batch may ask for the model anew at once.
          model.executor().breakDown(fatal);
        }
        done.accept(report(fatal));
      }
    }

    /** A lack of memory may pass, and a second copy of the model would only add to it. */
    private static boolean isOfTheEngine(Throwable fatal) {
      return fatal instanceof EngineException
          && !(fatal.getCause() instanceof EngineMemoryException);
    }

    /** Without the parts of records of which another part has failed meanwhile. */
    private List<E> due() {
      for (E entry : taken) {
        if (entry.isObsolete()) {
          return taken.stream().filter(one -> !one.isObsolete()).toList();
        }
      }
      return taken;
    }

    /** Called by the watchdog's thread. */
    private void hangs() {
      // Before it is handed back: were memory short here, the batch would be so and nobody be told.
      long nanos = System.nanoTime() - startNanos;
      EngineException hangs =
          new EngineException(
              "The engine hangs on "
                  + model.engine().device()
                  + ": "
                  + batchOf(taken)
                  + " has not come back after "
                  + nanos / 1_000_000
                  + " ms, though a run is told to end after "
                  + runLimitNanos / 1_000_000
                  + " ms.");
      BatchReport<E> report = new BatchReport<>(taken, new RunCounts(), startNanos, nanos, hangs);
      if (handedBack.compareAndSet(false, true)) {
        model.executor().breakDown(hangs);
        done.accept(report);
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
        runAgain(entries); // So that what is finished goes back in time.
        return;
      }
      TokenBatch batch = batchOf(entries);
      counts.run(batch);
      entries.forEach(Entry::startAttempt);
      int attempts = entries.get(0).attempts();
      try {
        List<E> spoiled = model.engine().run(batch, outputs -> decode(entries, batch, outputs));
        counts.wentWell();
        budget.ranWell(batch.paddedTokens());
        runAgain(spoiled);
      } catch (LostDeviceException e) {
        throw e; // The engine's fault for certain; a probe could only hide which.
      } catch (RunTimeoutException e) {
        counts.timedOut();
        if (isRetry) {
          blame(entries.get(0), DeadLetterReason.ENGINE_TIMEOUT, e, attempts);
        } else {
          requireSoundEngine(e);
          LOG.warn("{} Its records run again, each alone.", e.getMessage());
          runAgain(entries);
        }
      } catch (EngineMemoryException e) {
        counts.outOfMemory();
        int before = budget.tokens();
        budget.outOfMemory(batch.paddedTokens());
        LOG.warn("{} The token budget was {}, and is {}.", e.getMessage(), before, budget.tokens());
        if (entries.size() == 1 && !isRetry) {
          runAgain(entries); // Other threads' runs may have the memory now.
        } else {
          halve(entries, DeadLetterReason.ENGINE_OUT_OF_MEMORY, e, attempts);
        }
      } catch (RuntimeException e) {
        halve(entries, DeadLetterReason.ENGINE_FAILURE, e, attempts);
      }
    }

    private void runAgain(List<E> entries) {
      counts.retried(entries.size());
      again.addAll(entries);
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
      requireSoundEngine(e);
      String digest = StackDigest.of(e, Job.class);
      entry.fail(new Failure(reason, describe(e), attempts, digest));
    }

    private void requireSoundEngine(RuntimeException e) {
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
    }

    /** Returns the rows whose outputs are no numbers, which may be the fault of another row. */
    private List<E> decode(List<E> entries, TokenBatch batch, Outputs outputs) {
      List<E> spoiled = new ArrayList<>(0);
      PartDecoder<?, R> parts = entries.stream().anyMatch(Entry::isPart) ? decoder.parts() : null;
      for (int row = 0; row < entries.size(); row++) {
        E entry = entries.get(row);
        try {
          if (entry.isPart()) {
            entry.completePart(parts.decodePart(batch, row, outputs));
          } else {
            entry.complete(decoder.decode(batch, row, outputs));
          }
        } catch (UnscorableException e) {
          if (rowsAffectEachOther && entries.size() > 1) {
            spoiled.add(entry);
          } else {
            entry.fail(Failure.of(e, entry.attempts()));
          }
        }
      }
      return spoiled;
    }
  }

  private TokenBatch batchOf(List<? extends Entry<?>> entries) {
    Encoding[] rows = new Encoding[entries.size()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = entries.get(i).encoding();
    }
    return model.engine().rounding().batch(rows);
  }

  private static String describe(RuntimeException e) {
    return e.getMessage() == null ? e.getClass().getName() : e.getMessage();
  }
}
