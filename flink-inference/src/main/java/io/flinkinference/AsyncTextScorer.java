package io.flinkinference;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Ticker;
import io.flinkinference.engine.EngineException;
import io.flinkinference.result.ModelStamp;
import io.flinkinference.result.UnscorableException;
import io.flinkinference.task.BatchReport;
import io.flinkinference.task.Submission;
import io.flinkinference.task.SubmissionQueue;
import io.flinkinference.task.TextReader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/**
 * Scores texts that come one by one, through the same tokenizer, batching, engine and decoder as
 * the operator: each gets a future, and batches are formed from all that wait.
 *
 * <pre>{@code
 * try (AsyncTextScorer<Embedding> scorer =
 *     AsyncTextScorer.open(ScoringSpec.of("all-minilm-l6-v2", Tasks.embedding(), options))) {
 *   scorer.score("What a wonderful day").thenAccept(embedding -> store(embedding));
 * }
 * }</pre>
 *
 * <p>How many texts wait at once is the caller's to bound, and is what batches are chosen from: a
 * caller that waits for each future before the next text has batches of one. Equal texts in flight
 * are scored once, and the cache answers what it knows, as in the operator.
 *
 * <p><b>Thread safety:</b> all methods may be called by any thread. Futures are completed by engine
 * threads, or by the caller; what depends on them must be short and must not wait.
 *
 * @param <R> type of the results
 */
public final class AsyncTextScorer<R> implements AutoCloseable {

  private final OpenScorer<R> scorer;
  private final TextReader<String> texts;
  private final TextReader<Pair> pairs;
  private final SubmissionQueue<Pending<R>, R> queue;
  private final ConcurrentMap<Object, Pending<R>> inFlight = new ConcurrentHashMap<>();
  private final Cache<Object, R> results; // Null where nothing is kept.
  private final Consumer<BatchReport<?>> batches;
  private volatile RuntimeException ended;

  private AsyncTextScorer(OpenScorer<R> scorer, Consumer<BatchReport<?>> batches) {
    this.scorer = scorer;
    this.batches = batches;
    this.texts = scorer.reader(text -> text, null);
    this.pairs = scorer.reader(Pair::text, Pair::second);
    this.results = scorer.options().cache().<R>open(Ticker.systemTicker()).orElse(null);
    this.queue = scorer.queue(new Completions());
    if (ended != null) {
      queue.close();
      throw ended;
    }
  }

  /** Loads the model, unless it is loaded, and warms it up. */
  public static <R> AsyncTextScorer<R> open(ScoringSpec<R> spec) {
    return open(spec, report -> {});
  }

  /**
   * Loads the model, unless it is loaded, and warms it up.
   *
   * @param batches is told of each batch; called by engine threads, by several at once
   */
  public static <R> AsyncTextScorer<R> open(ScoringSpec<R> spec, Consumer<BatchReport<?>> batches) {
    OpenScorer<R> scorer = spec.open();
    try {
      return new AsyncTextScorer<>(scorer, batches);
    } catch (RuntimeException | Error e) {
      scorer.close();
      throw e;
    }
  }

  /** What produces the results. */
  public ModelStamp stamp() {
    return scorer.model().stamp();
  }

  /**
   * Scores a text. Never blocks on the engine.
   *
   * @return completes with the result; with null where the options say that such a text is skipped;
   *     with an {@link UnscorableException} where the text cannot be scored; with an {@link
   *     EngineException} where the engine is at fault, and then so do all others. Equal texts may
   *     get the same future: it is not to be completed or cancelled.
   * @throws IllegalArgumentException if the task needs a second text
   */
  public CompletableFuture<R> score(String text) {
    scorer.task().check(false);
    Pending<R> pending = new Pending<>();
    pending.read(text, texts, scorer.decoder());
    return score(pending);
  }

  /**
   * Scores two texts together, in the same way.
   *
   * @throws IllegalArgumentException if the task takes no second text
   */
  public CompletableFuture<R> score(String text, String second) {
    scorer.task().check(true);
    Pending<R> pending = new Pending<>();
    pending.read(new Pair(text, second), pairs, scorer.decoder());
    return score(pending);
  }

  private CompletableFuture<R> score(Pending<R> pending) {
    if (!pending.isForTheEngine()) {
      pending.settle();
      return pending.future;
    }
    R known = results == null ? null : results.getIfPresent(pending.tokenIds());
    if (known != null) {
      return CompletableFuture.completedFuture(known);
    }
    Pending<R> leader = inFlight.putIfAbsent(pending.tokenIds(), pending);
    if (leader != null) {
      return leader.future;
    }
    if (ended == null) {
      queue.add(pending);
    } else {
      failAll(ended); // It may have ended after it failed all that it knew of.
    }
    return pending.future;
  }

  /** Ends the use of the model. Futures that are not complete by then fail. */
  @Override
  public void close() {
    end(new IllegalStateException("The scorer was closed before the text was scored."));
    scorer.close();
  }

  private void end(RuntimeException why) {
    ended = why;
    if (queue != null) { // The engine may break while the scorer is opened.
      queue.close();
    }
    failAll(why);
  }

  private void failAll(RuntimeException why) {
    inFlight.forEach(
        (text, pending) -> {
          inFlight.remove(text, pending);
          pending.future.completeExceptionally(why);
        });
  }

  /** Engine threads call it. */
  private final class Completions implements SubmissionQueue.Taker<Pending<R>> {

    @Override
    public void done(BatchReport<Pending<R>> report) {
      for (Pending<R> pending : report.entries()) {
        if (results != null && pending.failure() == null) {
          results.put(pending.tokenIds(), pending.result());
        }
        inFlight.remove(pending.tokenIds(), pending);
        pending.settle();
      }
      batches.accept(report); // Last: nobody waits for what it does, or does not.
    }

    @Override
    public void broken(EngineException why) {
      end(why);
    }
  }

  /** Two texts; either may be null, which the reader refuses. */
  private record Pair(String text, String second) {}

  /** A text on its way, and who waits for it. */
  private static final class Pending<R> extends Submission<Pending<R>, R> {

    private final CompletableFuture<R> future = new CompletableFuture<>();

    @Override
    protected Pending<R> self() {
      return this;
    }

    void settle() {
      if (failure() == null) {
        future.complete(result());
      } else {
        future.completeExceptionally(
            new UnscorableException(failure().reason(), failure().message()));
      }
    }
  }
}
