package io.flinkinference.runtime;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.Outputs;
import io.flinkinference.testing.IdleEngine;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** An engine whose runs, or whose close, last until the test lets them go, whatever happens. */
final class HeldEngine extends IdleEngine {

  final CountDownLatch running = new CountDownLatch(1);
  final CountDownLatch closing = new CountDownLatch(1);
  final CountDownLatch mayEndRuns = new CountDownLatch(1);
  final CountDownLatch mayClose = new CountDownLatch(1);

  @Override
  public <T> T run(TokenBatch batch, OutputReader<T> reader) {
    running.countDown();
    await(mayEndRuns);
    return reader.read(new Outputs(Map.of()));
  }

  @Override
  public void close() {
    closing.countDown();
    await(mayClose);
  }

  private static void await(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        latch.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
