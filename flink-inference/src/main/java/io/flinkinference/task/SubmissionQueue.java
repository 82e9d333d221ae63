package io.flinkinference.task;

import io.flinkinference.batch.Batcher;
import io.flinkinference.engine.EngineException;
import io.flinkinference.engine.EngineExecutor;
import io.flinkinference.runtime.LoadedModel;
import java.util.ArrayList;
import java.util.List;

/**
 * The way of single texts through a shared engine outside of the operator: they are added one by
 * one, batched late, and handed to a taker batch by batch, in no particular order.
 *
 * <p>A record at fault comes back with its failure like all others with their results. An engine at
 * fault breaks the queue: what was in its batch does not come back, and the taker is told.
 *
 * <p><b>Thread safety:</b> all methods may be called by any thread. How many texts may wait is the
 * caller's to bound.
 *
 * @param <E> type of the submissions
 * @param <R> type of the results
 */
public final class SubmissionQueue<E extends Submission<E, R>, R> implements AutoCloseable {

  /**
   * Receives what the engine is done with. Called by engine threads, by several at once; must not
   * throw.
   *
   * @param <E> type of the submissions
   */
  public interface Taker<E> {

    /** Each entry has its result or its failure. A text of several parts comes with its last. */
    void done(BatchReport<E> report);

    /** The engine is at fault and no record; may be called more than once. */
    void broken(EngineException why);
  }

  private final Batcher<RecordEntry<E, R>> batcher;
  private final TaskDecoder<R> decoder;
  private final EngineExecutor.Registration engine;
  private final FailureWatch failures; // Guarded by itself, and so are the parts of texts.
  private final Taker<E> taker;

  /**
   * @param maxConsecutiveFailures records that the engine may fail on in a row
   */
  public SubmissionQueue(
      LoadedModel model,
      TaskDecoder<R> decoder,
      BatchOptions batching,
      BatchSizing sizing,
      int maxConsecutiveFailures,
      Taker<E> taker) {
    this.batcher = sizing.batcher(batching);
    this.failures = new FailureWatch(maxConsecutiveFailures);
    this.taker = taker;
    this.decoder = decoder;
    this.engine =
        model
            .executor()
            .register(new BatchRunner<>(batcher, sizing.budget(), model, decoder, this::batchDone));
  }

  /** Adds a submission that is for the engine. */
  public void add(E submission) {
    Parts<E, R> parts = submission.parts();
    if (parts == null ? batcher.add(submission) : batcher.addAll(parts.entries())) {
      engine.signal();
    }
  }

  /** Says that nothing is added before some of what was is done, so that nothing need linger. */
  public void nobodyComes() {
    if (batcher.nobodyComes()) {
      engine.signal();
    }
  }

  private void batchDone(BatchReport<RecordEntry<E, R>> report) {
    if (report.fatal() != null) {
      taker.broken(broken(report));
      return;
    }
    List<E> whole = new ArrayList<>(report.entries().size());
    EngineException why = takeBack(report.entries(), whole);
    if (why == null) {
      taker.done(
          new BatchReport<>(
              whole, report.counts(), report.startNanos(), report.engineNanos(), null));
    } else {
      taker.broken(why);
    }
  }

  private static EngineException broken(BatchReport<?> report) {
    return new EngineException(
        "The engine broke, which is no record's fault: " + report.fatal().getMessage(),
        report.fatal());
  }

  /** Finds the texts of which nothing is under way any more, and looks at what became of them. */
  private EngineException takeBack(List<RecordEntry<E, R>> entries, List<E> whole) {
    synchronized (failures) {
      try {
        for (RecordEntry<E, R> entry : entries) {
          E submission = entry.back(decoder);
          if (submission != null) {
            failures.observe(submission.failure());
            whole.add(submission);
          }
        }
        return null;
      } catch (EngineException e) {
        return e;
      } catch (Throwable e) {
        // Whatever it is, the taker must be told, or it would wait for these texts for ever.
        return new EngineException(
            "What the engine gave could not be taken back, which is no record's fault: " + e, e);
      }
    }
  }

  /** What waits is dropped. What the engine runs now may still come back. */
  @Override
  public void close() {
    engine.close();
    batcher.close();
  }
}
