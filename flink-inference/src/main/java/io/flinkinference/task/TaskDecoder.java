package io.flinkinference.task;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.Outputs;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.UnscorableException;
import io.flinkinference.text.Encoding;
import java.util.List;

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
   * Decodes one row that is not all of a record: {@link #merge} makes the record's result of the
   * parts. As {@link #decode} unless a decoder says otherwise.
   *
   * @return what merging needs of the row, never null and holding no reference to {@code outputs}
   * @throws UnscorableException if the row's outputs are not numbers; the record has no result then
   */
  default R decodePart(TokenBatch batch, int row, Outputs outputs) {
    return decode(batch, row, outputs);
  }

  /**
   * Makes the result of a record that has several encodings. Called by a thread that must not wait.
   *
   * @param encodings of the record
   * @param parts what {@link #decodePart} made of each, in the same order
   * @throws UnscorableException if there is none
   */
  default R merge(List<Encoding> encodings, List<R> parts) {
    throw new IllegalStateException(
        getClass().getName() + " merges no parts, and a record had " + parts.size() + ".");
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
