package io.flinkinference.task;

import io.flinkinference.text.TextInput;
import java.io.Serializable;

/**
 * How a task puts the text of a record before the model: as one input, or as several. Travels with
 * the job.
 *
 * <p><b>Thread safety:</b> has no state that changes.
 */
public interface InputForm extends Serializable {

  /** The text as it is, or the pair of texts where the record has two. */
  InputForm AS_READ = PairForm.AS_READ;

  /** Number of inputs that a record has; at least 1, and the same for all records. */
  int count();

  /**
   * One of them.
   *
   * @param record the text of the record, and its second text where there is one
   * @param index from 0
   */
  TextInput input(TextInput record, int index);

  /**
   * Whether the record's text stands behind another one. It is what is cut into windows where it is
   * too long; the other stands whole in each of them.
   */
  boolean textStandsSecond();

  /** Whether each record must have a second text. */
  boolean needsPair();

  /**
   * Checks that records have the texts that the task needs.
   *
   * @param hasPair whether it was said where the second text of a record is
   * @throws IllegalArgumentException if it was not and must be, or the other way round
   */
  void check(boolean hasPair);
}
