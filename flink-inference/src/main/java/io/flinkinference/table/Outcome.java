package io.flinkinference.table;

import io.flinkinference.result.ModelStamp;
import io.flinkinference.result.UnscorableException;

/**
 * What became of one text. All of it is null where the text is NULL.
 *
 * @param result what the model says, or null
 * @param failure why there is no result, or null
 * @param stamp the model that was asked
 * @param <R> type of the result
 */
record Outcome<R>(R result, UnscorableException failure, ModelStamp stamp) {

  /** Of a text that is NULL. */
  static <R> Outcome<R> ofNull() {
    return new Outcome<>(null, null, null);
  }
}
