package io.flinkinference.examples;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets Ctrl-C end what a thread has started: the thread is interrupted, and the process waits until
 * it has cleaned up.
 */
final class OrderlyEnd {

  private static final long LIMIT_SECONDS = 20;

  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook;

  private OrderlyEnd(Thread worker) {
    this.hook = new Thread(() -> end(worker), "orderly-end");
  }

  /** Guards the calling thread until {@link #cleanedUp}. */
  static OrderlyEnd ofThisThread() {
    OrderlyEnd end = new OrderlyEnd(Thread.currentThread());
    Runtime.getRuntime().addShutdownHook(end.hook);
    return end;
  }

  private void end(Thread worker) {
    worker.interrupt();
    try {
      done.await(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      // Somebody wants the process to end even sooner.
      Thread.currentThread().interrupt();
    }
  }

  /** Says that all is cleaned up; the process may end. */
  void cleanedUp() {
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already; the hook has run.
      return;
    }
  }
}
