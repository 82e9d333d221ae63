package io.flinkinference.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.engine.EngineExecutor.Registration;
import io.flinkinference.testing.TestingThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A wake-up that is lost leaves a producer waiting for its record until the time is up. */
class EngineExecutorStressTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "1, 3, 2", "2, 2, 3", "3, 4, 4", "4, 1, 5"})
  void everyRecordIsServed(int concurrency, int subtasks, int seed) throws Exception {
    EngineExecutor executor = new EngineExecutor(concurrency, TestingThreads::daemon);
    ExecutorService producers = Executors.newFixedThreadPool(subtasks, TestingThreads::daemon);
    List<Future<Boolean>> results = new ArrayList<>();
    for (int i = 0; i < subtasks; i++) {
      Random random = new Random(31L * seed + i);
      results.add(producers.submit(() -> produce(executor, random)));
    }
    for (Future<Boolean> result : results) {
      assertThat(result.get()).as("all served").isTrue();
    }
    producers.shutdown();
    executor.shutdown();
    assertThat(executor.awaitTermination(LONG)).isTrue();
  }

  @Test
  void registrationsComeAndGoWhileOthersRun() throws Exception {
    EngineExecutor executor = new EngineExecutor(2, TestingThreads::daemon);
    ExecutorService producers = Executors.newFixedThreadPool(2, TestingThreads::daemon);
    Future<Boolean> steady = producers.submit(() -> produce(executor, new Random(6)));
    Future<?> changing =
        producers.submit(
            () -> {
              for (int i = 0; i < 5_000; i++) {
                Subtask subtask = new Subtask(new Random(i));
                try (Registration registration = executor.register(subtask)) {
                  subtask.pending.addAndGet(3);
                  registration.signal();
                }
              }
            });
    assertThat(steady.get()).isTrue();
    changing.get();
    producers.shutdown();
    executor.shutdown();
    assertThat(executor.awaitTermination(LONG)).isTrue();
  }

  /** Adds records in bursts, and after most bursts waits until the source is idle again. */
  private static boolean produce(EngineExecutor executor, Random random) {
    Subtask subtask = new Subtask(new Random(random.nextLong()));
    try (Registration registration = executor.register(subtask)) {
      int added = 0;
      for (int burst = 0; burst < 5_000; burst++) {
        int records = 1 + random.nextInt(4);
        for (int i = 0; i < records; i++) {
          subtask.pending.incrementAndGet();
          registration.signal();
        }
        added += records;
        if (random.nextInt(4) > 0 && !awaitServed(subtask, added)) {
          return false;
        }
      }
      return awaitServed(subtask, added);
    }
  }

  private static boolean awaitServed(Subtask subtask, int records) {
    return TestingThreads.await(() -> subtask.served.get() >= records);
  }

  /** Serves some of its records in a turn. */
  private static final class Subtask implements EngineExecutor.Source {

    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicInteger served = new AtomicInteger();
    private final Random random;

    Subtask(Random random) {
      this.random = random;
    }

    @Override
    public Runnable take() {
      int most = 1 + random.nextInt(3);
      int before = pending.getAndUpdate(count -> Math.max(0, count - most));
      return () -> served.addAndGet(Math.min(before, most));
    }

    @Override
    public long nanosUntilWork() {
      return pending.get() > 0 ? 0 : EngineExecutor.NO_WORK;
    }
  }
}
