package io.flinkinference.reliability.rig;

import java.util.concurrent.CompletableFuture;

/** Says when the source may emit. */
public interface Pace {

  /**
   * The gate of one subtask.
   *
   * @param subtasks how many there are, which share the pace
   */
  Gate gate(int subtasks);

  /** Owned by one subtask; must not block, for results leave by the same thread. */
  @FunctionalInterface
  interface Gate {
    /** Completes when the next record may be emitted. */
    CompletableFuture<Void> next();
  }
}
