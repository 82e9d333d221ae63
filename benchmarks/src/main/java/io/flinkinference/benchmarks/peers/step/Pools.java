package io.flinkinference.benchmarks.peers.step;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** Threads of a function. */
final class Pools {

  private static final long END_LIMIT_SECONDS = 30;

  private Pools() {}

  /**
   * Ends the threads of a pool before the model that they use is freed.
   *
   * @param pool may be null, where the function was never opened
   */
  static void end(ExecutorService pool) throws InterruptedException {
    if (pool == null) {
      return;
    }
    pool.shutdownNow();
    if (!pool.awaitTermination(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException(
          "A run did not end within " + END_LIMIT_SECONDS + " s; its model cannot be freed.");
    }
  }
}
