package io.flinkinference.batch;

/** How long the records are that wait, in tokens. */
public interface WaitingLengths {

  /** There is no such length. */
  int NONE = -1;

  /** Length of the record that has waited longest. */
  int ofOldest();

  /** How many records have this length. */
  int count(int length);

  /** The least length above this one that a record has, or {@link #NONE}. */
  int longer(int length);

  /** The greatest length below this one that a record has, or {@link #NONE}. */
  int shorter(int length);
}
