package io.flinkinference.reliability.rig;

import java.util.concurrent.CompletableFuture;

/**
 * Lets one record through for each {@link #admit}. For a job of one subtask.
 *
 * <p><b>Thread safety:</b> all methods may be called by any thread.
 */
public final class Turnstile implements Pace {

  private CompletableFuture<Void> waiting;
  private int admitted;

  /** Lets one more record through. */
  public synchronized void admit() {
    if (waiting == null) {
      admitted++;
    } else {
      CompletableFuture<Void> next = waiting;
      waiting = null;
      next.complete(null);
    }
  }

  @Override
  public Gate gate(int subtasks) {
    if (subtasks != 1) {
      throw new IllegalArgumentException("A turnstile is for one subtask, not " + subtasks + ".");
    }
    return this::next;
  }

  private synchronized CompletableFuture<Void> next() {
    CompletableFuture<Void> next = new CompletableFuture<>();
    if (admitted > 0) {
      admitted--;
      next.complete(null);
    } else {
      waiting = next;
    }
    return next;
  }
}
