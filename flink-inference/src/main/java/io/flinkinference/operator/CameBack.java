package io.flinkinference.operator;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What came back from the engine's threads and waits for the mailbox thread. One mail is for all of
 * it: to send one takes the mailbox's lock, for which all threads compete.
 *
 * <p><b>Thread safety:</b> {@link #add} and {@link #notSent} may be called by any thread, the rest
 * by the mailbox thread alone.
 *
 * @param <T> what comes back
 */
final class CameBack<T> {

  private final Queue<T> queue = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean mailed = new AtomicBoolean();

  /**
   * Adds one.
   *
   * @return whether the caller has to send a mail; else one is on its way that will find it
   */
  boolean add(T one) {
    queue.add(one);
    return !mailed.getAndSet(true);
  }

  /** The mail that was to be sent could not be: who comes next sends one. */
  void notSent() {
    mailed.set(false);
  }

  /** The mail is there: what comes back from now on needs another one, though this may find it. */
  void opened() {
    mailed.set(false);
  }

  /** Takes the next, or returns null. */
  T next() {
    return queue.poll();
  }
}
