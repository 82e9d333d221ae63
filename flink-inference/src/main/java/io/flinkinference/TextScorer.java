package io.flinkinference;

import io.flinkinference.result.ModelStamp;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.flink.configuration.ReadableConfig;

/**
 * Scores texts without a Flink job, through the same tokenizer, batching, engine and decoder as the
 * operator: for command lines, tests and measurements. Where texts come one by one, take {@link
 * AsyncTextScorer}.
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

  private final OpenScorer<R> scorer;

  private TextScorer(OpenScorer<R> scorer) {
    this.scorer = scorer;
  }

  /**
   * Opens a model for a task.
   *
   * @param directoryOrName a model directory, or the name of a bundled model
   * @param options of the operator, as far as they do not concern its output
   */
  public static <R> TextScorer<R> open(
      String directoryOrName, InferenceTask<R> task, ReadableConfig options) {
    return new TextScorer<>(ScoringSpec.of(directoryOrName, task, options).open());
  }

  /** What produces the results. */
  public ModelStamp stamp() {
    return scorer.model().stamp();
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
    score(items, text, null, outcomes);
  }

  /**
   * Scores all items, each by two texts. Returns when the last outcome was taken.
   *
   * @param items read by the calling thread, as far ahead as the in-flight capacity allows
   * @param text finds the text of an item
   * @param pair finds its second text
   * @param outcomes takes the outcome of each item, as without a second text
   * @throws IllegalArgumentException if the task takes no second text
   * @throws RuntimeException what {@code outcomes} or {@code items} threw
   */
  public <T> void score(
      Iterator<T> items,
      Function<T, String> text,
      Function<T, String> pair,
      Consumer<TextOutcome<T, R>> outcomes) {
    try (ScoringRun<T, R> run = new ScoringRun<>(scorer, text, pair, outcomes)) {
      while (items.hasNext()) {
        run.add(items.next());
      }
      run.awaitAll();
    }
  }

  @Override
  public void close() {
    scorer.close();
  }
}
