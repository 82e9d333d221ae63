package io.flinkinference.engine.onnx;

import io.flinkinference.engine.EngineException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Hands out the slots of an engine, the one used last first: its memory is the warmest.
 *
 * <p><b>Thread safety:</b> all methods may be called by any thread.
 */
final class RunSlots {

  private final List<RunSlot> all;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<RunSlot> free;
  private boolean closed;

  RunSlots(List<RunSlot> slots) {
    this.all = List.copyOf(slots);
    this.free = new ArrayDeque<>(slots);
  }

  /**
   * Takes a slot, which has to be given back. Waits while none is free.
   *
   * @throws EngineException if the slots are closed
   */
  RunSlot take() {
    lock.lock();
    try {
      while (free.isEmpty() && !closed) {
        // As short as a run; and what waits may be told to stop by close().
        changed.awaitUninterruptibly();
      }
      if (closed) {
        throw new EngineException("The engine is closed.");
      }
      return free.pop();
    } finally {
      lock.unlock();
    }
  }

  void giveBack(RunSlot slot) {
    lock.lock();
    try {
      free.push(slot);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the runs that are under way, and returns when all slots are back. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
      all.forEach(RunSlot::terminate);
      while (free.size() < all.size()) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }
}
