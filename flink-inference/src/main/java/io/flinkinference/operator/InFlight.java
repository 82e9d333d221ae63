package io.flinkinference.operator;

/**
 * What the in-flight buffer holds: records, and the events between them that must keep their place.
 * Owned by the mailbox thread.
 */
abstract class InFlight {

  // Links and place of the unordered buffer; no other class touches them.
  InFlight previous;
  InFlight next;
  long segment;

  /** Tokens that it holds against the capacity. */
  abstract int tokens();

  /** Whether it may be emitted as far as it is concerned itself. */
  abstract boolean isDone();

  /** Whether no record may pass it. */
  abstract boolean isBarrier();
}
