package io.flinkinference.task;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.Outputs;
import io.flinkinference.result.UnscorableException;
import io.flinkinference.text.Window;
import java.util.List;

/**
 * Makes the result of a record that has several encodings: several inputs of the model, or several
 * windows of an input, or both.
 *
 * <p><b>Thread safety:</b> has no state that changes. {@link #decodePart} is called by engine
 * threads, the others by one that must not wait.
 *
 * @param <P> what is kept of an encoding until all are there
 * @param <R> type of the result
 */
public interface PartDecoder<P, R> {

  /**
   * Reads what merging needs of a row.
   *
   * @return never null, and holds no reference to {@code outputs}
   * @throws UnscorableException if the row's outputs are not numbers; the record has no result then
   */
  P decodePart(TokenBatch batch, int row, Outputs outputs);

  /**
   * Merges the windows of an input.
   *
   * @param windows at least one, in the order of the text
   * @param parts what {@link #decodePart} made of each
   */
  P mergeWindows(List<Window> windows, List<P> parts);

  /**
   * Makes the record's result.
   *
   * @param inputs of the model, in the order of the task's form
   * @throws UnscorableException if there is none
   */
  R finish(List<P> inputs);
}
