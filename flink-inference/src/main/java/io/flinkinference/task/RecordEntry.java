package io.flinkinference.task;

import io.flinkinference.batch.Entry;

/**
 * What waits for the engine, and knows whose it is. There are two shapes of it:
 *
 * <pre>
 *   a record with one encoding       is its own entry, and is back with it
 *   a record with several encodings  has {@link Parts}: each {@link Part} is an entry, and the record
 *                                    is back with the last of them
 * </pre>
 *
 * <p>So {@code E} is the record, of whatever kind: {@link Submission} outside of Flink, and the
 * operator's own in it.
 *
 * @param <E> type of the record
 * @param <R> type of the result
 */
public interface RecordEntry<E, R> extends Entry<R> {

  /**
   * Says that the engine is done with this entry. Called once, by one thread at a time for all
   * entries of a record.
   *
   * @param decoder merges the results of parts
   * @return the record, with its result or its failure, where this was all of it that was under
   *     way; else null
   */
  E back(TaskDecoder<R> decoder);
}
