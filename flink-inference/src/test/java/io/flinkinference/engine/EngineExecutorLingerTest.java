package io.flinkinference.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.testing.TestingThreads;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Work that is not due yet. A wake-up that is lost makes a test run into its limit. */
@Timeout(30)
class EngineExecutorLingerTest {

  private static final long FOREVER = Long.MAX_VALUE / 2;

  private final EngineExecutor executor = new EngineExecutor(2, TestingThreads::daemon);

  @AfterEach
  void shutDown() {
    executor.shutdown();
    assertThat(executor.awaitTermination(Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void workIsDoneWhenItIsDueAndNotBefore() throws InterruptedException {
    Later source = new Later();
    long due = System.nanoTime() + 30_000_000;
    source.due.set(due);
    executor.register(source).signal();
    source.served.await();
    assertThat(source.servedAt.get() - due).isNotNegative();
  }

  @Test
  void workThatBecomesDueEarlierIsDoneAtOnce() throws InterruptedException {
    Later source = new Later();
    source.due.set(System.nanoTime() + FOREVER);
    EngineExecutor.Registration registration = executor.register(source);
    registration.signal();
    awaitLookedAt(source);
    source.due.set(System.nanoTime());
    registration.signal();
    source.served.await();
  }

  @Test
  void workThatIsPutOffDoesNotHoldUpOthers() throws InterruptedException {
    Later putOff = new Later();
    putOff.due.set(System.nanoTime() + FOREVER);
    executor.register(putOff).signal();
    awaitLookedAt(putOff);
    for (int i = 0; i < 1_000; i++) {
      Later other = new Later();
      other.due.set(System.nanoTime());
      try (EngineExecutor.Registration registration = executor.register(other)) {
        registration.signal();
        other.served.await();
      }
    }
    assertThat(putOff.served.getCount()).isEqualTo(1);
  }

  @Test
  void everyDeadlineIsKeptWhileOthersComeAndGo() throws InterruptedException {
    Random random = new Random(8);
    for (int i = 0; i < 2_000; i++) {
      Later source = new Later();
      source.due.set(System.nanoTime() + random.nextInt(200_000));
      Later other = new Later();
      other.due.set(System.nanoTime() + random.nextInt(200_000));
      try (EngineExecutor.Registration one = executor.register(source);
          EngineExecutor.Registration two = executor.register(other)) {
        one.signal();
        two.signal();
        source.served.await();
        other.served.await();
      }
    }
  }

  private static void awaitLookedAt(Later source) {
    // By who signals, and by a thread.
    assertThat(TestingThreads.await(() -> source.looks.get() >= 2)).isTrue();
  }

  private static final class Later implements EngineExecutor.Source {

    private final AtomicLong due = new AtomicLong();
    private final AtomicLong servedAt = new AtomicLong();
    private final AtomicInteger looks = new AtomicInteger();
    private final CountDownLatch served = new CountDownLatch(1);

    @Override
    public Runnable take() {
      servedAt.compareAndSet(0, System.nanoTime());
      served.countDown();
      return null;
    }

    @Override
    public long nanosUntilWork() {
      looks.incrementAndGet();
      return served.getCount() == 0
          ? EngineExecutor.NO_WORK
          : Math.max(0, due.get() - System.nanoTime());
    }
  }
}
