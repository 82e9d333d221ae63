package io.flinkinference.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.engine.EngineExecutor.Registration;
import io.flinkinference.testing.TestingThreads;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class EngineExecutorTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final List<String> turns = Collections.synchronizedList(new ArrayList<>());
  private final AtomicReference<Throwable> uncaught = new AtomicReference<>();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final CountDownLatch gate = new CountDownLatch(1);
  private EngineExecutor executor;

  @AfterEach
  void shutDown() {
    gate.countDown();
    executor.shutdown();
    assertThat(executor.awaitTermination(LONG)).isTrue();
  }

  @Test
  void sourcesTakeTurnsBatchByBatch() throws InterruptedException {
    start(1);
    CountDownLatch done = new CountDownLatch(9);
    List<String> names = List.of("a", "b", "c");
    for (String name : names) {
      register(new Counted(name, 3, done)).signal();
    }

    gate.countDown();
    done.await();

    assertThat(turns).containsExactly("a", "b", "c", "a", "b", "c", "a", "b", "c");
  }

  @Test
  void smallSourceDoesNotWaitForALargeOne() throws InterruptedException {
    start(1);
    CountDownLatch done = new CountDownLatch(1_001);
    register(new Counted("large", 1_000, done)).signal();
    register(new Counted("small", 1, done)).signal();

    gate.countDown();
    done.await();

    assertThat(turns.indexOf("small")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void noSourceIsAheadOfAnotherWhileAllHaveWork(int concurrency) throws InterruptedException {
    start(concurrency);
    int sources = 5;
    int batches = 2_000;
    CountDownLatch done = new CountDownLatch(sources * batches);
    for (int i = 0; i < sources; i++) {
      register(new Counted("" + i, batches, done)).signal();
    }

    gate.countDown();
    done.await();

    int[] served = new int[sources];
    for (String turn : turns) {
      served[Integer.parseInt(turn)]++;
      int most = Arrays.stream(served).max().orElseThrow();
      int least = Arrays.stream(served).min().orElseThrow();
      // A thread may be held up between its turn and the line that notes it.
      assertThat(most - least).isLessThanOrEqualTo(1 + concurrency);
    }
  }

  @Test
  void severalThreadsServeOneSource() throws InterruptedException {
    executor = new EngineExecutor(2, this::thread);
    CyclicBarrier together = new CyclicBarrier(2);
    CountDownLatch done = new CountDownLatch(2);
    register(
            new Counted("a", 2, done) {
              @Override
              void work() throws Exception {
                together.await();
              }
            })
        .signal();

    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(uncaught).hasValue(null);
  }

  @Test
  void aFreeThreadServesASourceWhoseFirstBatchStillRuns() throws InterruptedException {
    executor = new EngineExecutor(2, this::thread);
    CountDownLatch done = new CountDownLatch(2);
    CountDownLatch begun = new CountDownLatch(1);
    Counted source =
        new Counted("a", 1, done) {
          @Override
          void work() {
            if (turns.size() == 1) {
              begun.countDown();
              awaitUninterruptibly(gate);
            } else {
              gate.countDown();
            }
          }
        };
    Registration registration = register(source);
    awaitIdle(2);
    registration.signal();
    begun.await();
    source.pending.incrementAndGet();
    registration.signal();

    assertThat(done.await(10, TimeUnit.SECONDS)).as("the second ran during the first").isTrue();
  }

  @Test
  void closedSourceGetsNoTurn() throws InterruptedException {
    start(1);
    CountDownLatch done = new CountDownLatch(2);
    Registration closed = register(new Counted("closed", 5, done));
    closed.signal();
    register(new Counted("other", 2, done)).signal();

    closed.close();
    closed.signal();
    gate.countDown();
    done.await();

    assertThat(turns).containsExactly("other", "other");
  }

  @Test
  void sourceThatIsClosedInItsTurnGetsNoOther() throws InterruptedException {
    executor = new EngineExecutor(1, this::thread);
    CountDownLatch done = new CountDownLatch(2);
    AtomicReference<Registration> registration = new AtomicReference<>();
    registration.set(
        register(
            new Counted("closing", 5, done) {
              @Override
              void work() {
                registration.get().close();
              }
            }));
    registration.get().signal();
    register(new Counted("other", 1, done)).signal();
    done.await();

    shutDown();
    assertThat(turns).containsExactly("closing", "other");
  }

  @Test
  void shutdownLetsTheRunningBatchEndAndGrantsNoTurn() throws InterruptedException {
    start(1);
    Registration waiting = register(new Counted("waiting", 1, new CountDownLatch(1)));
    waiting.signal();

    executor.shutdown();
    waiting.signal();
    gate.countDown();
    assertThat(executor.awaitTermination(LONG)).isTrue();

    assertThat(turns).isEmpty();
  }

  @Test
  void interruptedCallerStillWaitsForTheThreads() throws InterruptedException {
    start(1);
    AtomicInteger seen = new AtomicInteger();
    Thread caller =
        TestingThreads.daemon(
            () -> {
              assertThat(executor.awaitTermination(LONG)).isTrue();
              seen.set(Thread.currentThread().isInterrupted() ? 1 : -1);
            });
    caller.start();
    caller.interrupt();
    executor.shutdown();
    assertThat(seen).hasValue(0);

    gate.countDown();
    caller.join();

    assertThat(seen).as("interrupt is kept").hasValue(1);
  }

  @Test
  void faultOfOneSourceLeavesTheThreadToTheOthers() throws InterruptedException {
    executor = new EngineExecutor(1, this::thread);
    IllegalStateException fault = new IllegalStateException("fault");
    AtomicReference<Throwable> told = new AtomicReference<>();
    register(
            new Counted("faulty", 1, new CountDownLatch(1)) {
              @Override
              void work() {
                throw fault;
              }

              @Override
              public void broken(Throwable why) {
                told.set(why);
              }
            })
        .signal();
    CountDownLatch done = new CountDownLatch(1);
    register(new Counted("sound", 1, done)).signal();

    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(uncaught).hasValue(fault);
    assertThat(told).as("its batch may be lost").hasValue(fault);
  }

  @Test
  void faultWhileAFaultIsToldLeavesTheThreadTooAndItsPermit() throws InterruptedException {
    executor =
        new EngineExecutor(
            1,
            work -> {
              Thread thread = thread(work);
              thread.setUncaughtExceptionHandler(
                  (source, fault) -> {
                    throw new OutOfMemoryError("no heap to tell it");
                  });
              return thread;
            });
    register(
            new Counted("faulty", 1, new CountDownLatch(1)) {
              @Override
              void work() {
                throw new IllegalStateException("fault");
              }
            })
        .signal();
    CountDownLatch done = new CountDownLatch(1);
    register(new Counted("sound", 1, done)).signal();

    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    awaitIdle(1);
    assertThat(executor.busy()).isZero();
  }

  @Test
  void threadsAreSharedAmongTheSourcesOfTheMoment() throws InterruptedException {
    executor = new EngineExecutor(5, this::thread);
    assertThat(executor.share()).isEqualTo(5);
    register(new Counted("a", 0, new CountDownLatch(0)));
    try (Registration second = register(new Counted("b", 0, new CountDownLatch(0)))) {
      assertThat(second).isNotNull();
      assertThat(executor.share()).isEqualTo(3);
    }
    assertThat(executor.share()).isEqualTo(5);
  }

  @Test
  void whoWatchesIsToldThatTheEngineBroke() {
    executor = new EngineExecutor(1, this::thread);
    List<String> told = new ArrayList<>();
    executor.watch(why -> told.add("first"));
    try (Registration gone = executor.watch(why -> told.add("gone"))) {
      gone.signal();
    }
    executor.breakDown(new IllegalStateException("broken"));
    executor.watch(why -> told.add("late"));
    assertThat(told).containsExactly("first", "late");
  }

  @Test
  void idleThreadHoldsOnToNoSource() throws InterruptedException {
    executor = new EngineExecutor(1, this::thread);

    WeakReference<Counted> left = sourceThatCameAndWent();

    long start = System.nanoTime();
    while (left.get() != null && System.nanoTime() - start < LONG.toNanos() / 3) {
      System.gc();
    }
    assertThat(left.get()).isNull();
  }

  /** Of its own, so that the test's frame does not hold on to it. */
  private WeakReference<Counted> sourceThatCameAndWent() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    Counted source = new Counted("short-lived", 1, done);
    try (Registration registration = register(source)) {
      registration.signal();
      done.await();
    }
    return new WeakReference<>(source);
  }

  @Test
  void waitForThreadsThatDoNotEndIsBounded() throws InterruptedException {
    start(2);
    executor.shutdown();
    assertThat(executor.awaitTermination(Duration.ofMillis(20))).isFalse();
    gate.countDown();
    assertThat(executor.awaitTermination(LONG)).isTrue();
  }

  @Test
  void thereIsAtLeastOneThread() {
    executor = new EngineExecutor(1, this::thread);
    assertThatThrownBy(() -> new EngineExecutor(0, this::thread))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("concurrency is at least 1, not 0.");
  }

  /** Starts the executor with all threads held until the gate opens. */
  private void start(int concurrency) throws InterruptedException {
    executor = new EngineExecutor(concurrency, this::thread);
    CountDownLatch held = new CountDownLatch(concurrency);
    AtomicInteger left = new AtomicInteger(concurrency);
    executor
        .register(
            new EngineExecutor.Source() {
              @Override
              public Runnable take() {
                if (left.getAndDecrement() <= 0) {
                  return null;
                }
                return () -> {
                  held.countDown();
                  awaitUninterruptibly(gate);
                };
              }

              @Override
              public long nanosUntilWork() {
                return left.get() > 0 ? 0 : EngineExecutor.NO_WORK;
              }
            })
        .signal();
    held.await();
  }

  private Registration register(Counted source) {
    return executor.register(source);
  }

  private Thread thread(Runnable work) {
    Thread thread = TestingThreads.daemon(work);
    threads.add(thread);
    thread.setUncaughtExceptionHandler((source, fault) -> uncaught.set(fault));
    return thread;
  }

  private void awaitIdle(int count) {
    assertThat(TestingThreads.await(() -> waiting() >= count)).as("all are idle").isTrue();
  }

  private long waiting() {
    return threads.stream().filter(t -> t.getState() == Thread.State.WAITING).count();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Has a number of batches, and notes each of its turns. */
  private class Counted implements EngineExecutor.Source {

    private final String name;
    private final AtomicInteger pending;
    private final CountDownLatch done;

    Counted(String name, int batches, CountDownLatch done) {
      this.name = name;
      this.pending = new AtomicInteger(batches);
      this.done = done;
    }

    /** Part of each batch. */
    void work() throws Exception {}

    @Override
    public Runnable take() {
      if (pending.getAndDecrement() <= 0) {
        return null;
      }
      turns.add(name);
      return this::run;
    }

    private void run() {
      try {
        work();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
      done.countDown();
    }

    @Override
    public long nanosUntilWork() {
      return pending.get() > 0 ? 0 : EngineExecutor.NO_WORK;
    }
  }
}
