package io.flinkinference.table;

import java.io.Serializable;

/**
 * Writes one column of a row. Travels with the job.
 *
 * <p><b>Thread safety:</b> called by all engine threads at once; has no state that changes.
 *
 * @param <R> type of the result
 */
@FunctionalInterface
interface FieldWriter<R> extends Serializable {

  /** The column's value in Flink's internal form, or null. */
  Object write(Outcome<R> outcome);
}
