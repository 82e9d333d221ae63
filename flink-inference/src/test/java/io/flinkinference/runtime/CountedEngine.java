package io.flinkinference.runtime;

import io.flinkinference.testing.IdleEngine;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** An engine that only says how many of it are open. */
final class CountedEngine extends IdleEngine {

  private final AtomicInteger open;
  volatile boolean closed;

  /**
   * @param open falls by one when this is closed
   */
  CountedEngine(AtomicInteger open) {
    this.open = open;
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.parkNanos(1_000);
    open.decrementAndGet();
  }
}
