package io.flinkinference.engine.onnx;

import io.flinkinference.engine.EngineException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Hands out the slots of an engine, the one used last first: its memory is the warmest.
 *
 * <p><b>Invariant:</b> what the slots run on is freed once, at the moment when they are closed and
 * all of them are back, by the thread that brings that about. So nothing is freed while a run is in
 * native code, also where the closing thread no longer waits for it.
 *
 * <p><b>Thread safety:</b> all methods may be called by any thread.
 */
final class RunSlots {

  private final List<RunSlot> all;
  private final Runnable free;

  // Fair: who is woken for a slot would lose it to a thread that gives one back and asks again.
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition changed = lock.newCondition();
  // Guarded by the lock.
  private final ArrayDeque<RunSlot> idle;
  private boolean closed;
  private boolean freed;

  /**
   * @param free frees what the slots run on; must not throw
   */
  RunSlots(List<RunSlot> slots, Runnable free) {
    this.all = List.copyOf(slots);
    this.free = free;
    this.idle = new ArrayDeque<>(slots);
  }

  /**
   * Takes a slot, which has to be given back. Waits while none is idle.
   *
   * @throws EngineException if the slots are closed, or the thread is interrupted while it waits;
   *     then it stays interrupted
   */
  RunSlot take() {
    lock.lock();
    try {
      while (idle.isEmpty() && !closed) {
        changed.await();
      }
      if (closed) {
        throw new EngineException("The engine is closed.");
      }
      return idle.pop();
    } catch (InterruptedException e) {
      // A task that is cancelled must not wait for a device that hangs.
      Thread.currentThread().interrupt();
      throw new EngineException(
          "Interrupted while all " + all.size() + " runs of the engine were under way.", e);
    } finally {
      lock.unlock();
    }
  }

  void giveBack(RunSlot slot) {
    lock.lock();
    try {
      idle.push(slot);
      freeWhenAllAreBack();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends the runs that are under way and waits for them, but only for a while. May be called again.
   *
   * @param nanos how long to wait
   * @return whether all is freed; where not, the last run that comes back frees it
   */
  boolean close(long nanos) {
    boolean interrupted = false;
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
      all.forEach(RunSlot::terminate);
      freeWhenAllAreBack();
      long deadline = System.nanoTime() + nanos;
      long left = nanos;
      while (!freed && left > 0) {
        try {
          changed.awaitNanos(left);
        } catch (InterruptedException e) {
          // A caller that is cancelled still has to wait: a thread may be in native code.
          interrupted = true;
        }
        left = deadline - System.nanoTime();
      }
      return freed;
    } finally {
      lock.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Number of slots that are not back. */
  int taken() {
    lock.lock();
    try {
      return all.size() - idle.size();
    } finally {
      lock.unlock();
    }
  }

  /** Requires the lock: who sees the slots closed and all back sees everything freed. */
  private void freeWhenAllAreBack() {
    if (closed && !freed && idle.size() == all.size()) {
      freed = true;
      free.run();
    }
  }
}
