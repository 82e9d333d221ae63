package io.flinkinference.operator;

/**
 * Records and events in the order of arrival, and the rule by which they leave. Owned by the
 * mailbox thread.
 */
interface InFlightBuffer extends Iterable<InFlight> {

  /** Adds behind all others. */
  void add(InFlight element);

  /** Says that a record of this buffer is done. */
  void done(InFlight element);

  /** Takes out the next element that may be emitted, or returns null. */
  InFlight poll();

  /** Whether {@link #poll} would find one. */
  boolean hasNext();

  /** Number of elements. */
  int size();
}
