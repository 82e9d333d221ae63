package io.flinkinference.task;

import io.flinkinference.batch.Entry;

/**
 * An entry that knows whose it is: a record itself where it has one encoding, else a {@link Part}
 * of it.
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
