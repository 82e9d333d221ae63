package io.flinkinference;

import io.flinkinference.operator.OperatorOptions;
import io.flinkinference.runtime.ModelLease;
import io.flinkinference.task.BatchOptions;
import io.flinkinference.task.BatchSizing;
import io.flinkinference.task.Task;
import java.io.Serializable;
import org.apache.flink.configuration.ReadableConfig;

/**
 * A model, a task and options for scorers, checked as far as that goes without the model's files.
 * Travels with a job; holds nothing that is loaded.
 *
 * @param <R> type of the results
 */
public final class ScoringSpec<R> implements Serializable {

  private static final long serialVersionUID = 1L;

  private final OnnxModelOpener opener;
  private final Task<R> task;
  private final OperatorOptions options;

  private ScoringSpec(OnnxModelOpener opener, Task<R> task, OperatorOptions options) {
    this.opener = opener;
    this.task = task;
    this.options = options;
  }

  /**
   * Checks the options.
   *
   * @param directoryOrName a model directory, or the name of a bundled model
   * @param options {@link InferenceOptions}, as far as they do not concern an operator's output
   * @throws IllegalArgumentException if options contradict each other, are out of range, or begin
   *     with {@code inference.} and are unknown
   */
  public static <R> ScoringSpec<R> of(
      String directoryOrName, InferenceTask<R> task, ReadableConfig options) {
    UnknownOptions.refuse(options);
    OperatorOptions checked = OptionReader.operatorOptions(options, OutputMode.ORDERED);
    if (checked.batching().mode() == BatchOptions.Mode.LATENCY_TARGET) {
      throw new IllegalArgumentException(
          InferenceOptions.BATCH_MODE.key()
              + " is LATENCY_TARGET, but only the operator decides how much it accepts at once, so"
              + " here no latency can be kept. Set FIXED or MEASURED.");
    }
    return new ScoringSpec<>(
        OnnxModelOpener.of(directoryOrName, task.task(), options), task.task(), checked);
  }

  /**
   * Loads the model, unless it is loaded, and warms it up.
   *
   * @throws IllegalStateException if the thread is interrupted meanwhile; it stays interrupted
   */
  OpenScorer<R> open() {
    ModelLease lease = null;
    boolean opened = false;
    try {
      lease = opener.open();
      OpenScorer<R> scorer =
          new OpenScorer<>(
              lease,
              task,
              options.texts().decoder(task.open(lease.model(), options.texts().prefix())),
              options,
              BatchSizing.of(options.batching(), lease.model(), options.maxTokens()));
      opened = true;
      return scorer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(
          "Interrupted while the model " + opener.id() + " was opened.", e);
    } finally {
      if (!opened && lease != null) {
        lease.close();
      }
    }
  }
}
