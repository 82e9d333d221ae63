package io.flinkinference;

import io.flinkinference.operator.OperatorOptions;
import io.flinkinference.result.ModelStamp;
import io.flinkinference.runtime.ModelLease;
import io.flinkinference.task.BatchOptions;
import io.flinkinference.task.BatchSizing;
import io.flinkinference.task.TaskDecoder;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.flink.configuration.ReadableConfig;

/**
 * Scores texts without a Flink job, through the same tokenizer, batching, engine and decoder as the
 * operator: for command lines, tests and measurements.
 *
 * <pre>{@code
 * try (TextScorer<Embedding> scorer =
 *     TextScorer.open("all-minilm-l6-v2", Tasks.embedding(), new Configuration())) {
 *   scorer.score(lines.iterator(), line -> line, outcome -> print(outcome.result()));
 * }
 * }</pre>
 *
 * <p><b>Thread safety:</b> several threads may score at once; they share the engine in turn. A slow
 * taker of outcomes holds the engine back for all of them. {@link #close} is called when all have
 * ended.
 *
 * @param <R> type of the results
 */
public final class TextScorer<R> implements AutoCloseable {

  private final ModelLease lease;
  private final TaskDecoder<R> decoder;
  private final OperatorOptions options;
  private final BatchSizing sizing;

  private TextScorer(
      ModelLease lease, TaskDecoder<R> decoder, OperatorOptions options, BatchSizing sizing) {
    this.lease = lease;
    this.decoder = decoder;
    this.options = options;
    this.sizing = sizing;
  }

  /**
   * Opens a model for a task.
   *
   * @param directoryOrName a model directory, or the name of a bundled model
   * @param options of the operator, as far as they do not concern its output
   */
  public static <R> TextScorer<R> open(
      String directoryOrName, InferenceTask<R> task, ReadableConfig options) {
    OperatorOptions batching = InferenceOptions.operatorOptions(options, OutputMode.ORDERED);
    if (batching.batching().mode() == BatchOptions.Mode.LATENCY_TARGET) {
      throw new IllegalArgumentException(
          InferenceOptions.BATCH_MODE.key()
              + " is LATENCY_TARGET, but here nothing arrives by itself, so no latency can be kept."
              + " Set FIXED or MEASURED.");
    }
    ModelLease lease = open(OnnxModelOpener.of(directoryOrName, options));
    boolean opened = false;
    try {
      TextScorer<R> scorer =
          new TextScorer<>(
              lease,
              task.task().open(lease.model()),
              batching,
              BatchSizing.of(batching.batching(), lease.model(), batching.maxTokens()));
      opened = true;
      return scorer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the model was opened.", e);
    } finally {
      if (!opened) {
        lease.close();
      }
    }
  }

  private static ModelLease open(OnnxModelOpener opener) {
    try {
      return opener.open();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(
          "Interrupted while another thread loads the model " + opener.id() + ".", e);
    }
  }

  /** What produces the results. */
  public ModelStamp stamp() {
    return lease.model().stamp();
  }

  /**
   * Scores all items. Returns when the last outcome was taken.
   *
   * @param items read by the calling thread, as far ahead as the in-flight capacity allows
   * @param text finds the text of an item; may throw {@link
   *     io.flinkinference.result.UnscorableException}
   * @param outcomes takes the outcome of each item in the order of the items, as soon as it is
   *     there; called by one thread at a time, not always the same
   * @throws RuntimeException what {@code outcomes} or {@code items} threw
   */
  public <T> void score(
      Iterator<T> items, Function<T, String> text, Consumer<TextOutcome<T, R>> outcomes) {
    try (ScoringRun<T, R> run =
        new ScoringRun<>(lease.model(), decoder, options, sizing, text, outcomes)) {
      while (items.hasNext()) {
        run.add(items.next());
      }
      run.awaitAll();
    }
  }

  @Override
  public void close() {
    lease.close();
  }
}
