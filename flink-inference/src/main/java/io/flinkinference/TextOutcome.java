package io.flinkinference;

import io.flinkinference.batch.Failure;

/**
 * What became of an item: it has a result or a failure, or neither where its text is null or blank
 * and the options say that such texts are skipped.
 *
 * @param item as it was given
 * @param result what the model says, or null
 * @param failure why there is no result, or null
 * @param <T> type of the item
 * @param <R> type of the result
 */
public record TextOutcome<T, R>(T item, R result, Failure failure) {

  /** Whether the options say that the item is skipped, for its text is null or blank. */
  public boolean isSkipped() {
    return result == null && failure == null;
  }
}
