package io.flinkinference.task;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.Outputs;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.UnscorableException;

/**
 * Turns the outputs of a run into results.
 *
 * <p><b>Thread safety:</b> {@link #decode} is called by all engine threads at once; a decoder has
 * no state that changes.
 *
 * @param <R> type of the result
 */
@FunctionalInterface
public interface TaskDecoder<R> {

  /**
   * Decodes one row.
   *
   * @param batch the batch that was run
   * @param row which of its rows, from 0
   * @param outputs of the run; nothing of them may be kept
   * @return the result, never null and holding no reference to {@code outputs}
   * @throws UnscorableException if the row's outputs are not numbers; other rows are not affected
   */
  R decode(TokenBatch batch, int row, Outputs outputs);

  /**
   * Decodes records that have several encodings.
   *
   * @throws IllegalStateException unless the task has several inputs or merges windows
   */
  default PartDecoder<?, R> parts() {
    throw new IllegalStateException(getClass().getName() + " decodes no parts of records.");
  }

  /**
   * This decoder, made to merge windows of long texts.
   *
   * @throws IllegalArgumentException if the task does not merge windows, or not in that way
   */
  default TaskDecoder<R> merging(WindowMerge merge) {
    throw new IllegalArgumentException(
        "The task does not merge windows of long texts. Set inference.text.too-long to another value"
            + " than WINDOW.");
  }

  /**
   * The result for a record without text, where the options ask for one; no engine run stands
   * behind it.
   *
   * @throws UnscorableException if the task has no such result, as is the case unless a decoder
   *     says otherwise; then the record becomes a dead letter
   */
  default R emptyResult() {
    throw new UnscorableException(
        DeadLetterReason.BLANK_TEXT, "The task has no result for a record without text.");
  }
}
