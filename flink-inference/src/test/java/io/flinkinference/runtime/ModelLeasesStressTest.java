package io.flinkinference.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.engine.EngineException;
import io.flinkinference.model.Model;
import io.flinkinference.testing.TestingEngine;
import io.flinkinference.testing.TestingModel;
import io.flinkinference.testing.TestingThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Subtasks that come, fail and are cancelled, over a few models. */
@Timeout(120)
class ModelLeasesStressTest {

  private static final int SUBTASKS = 6;
  private static final int ROUNDS = 300;
  private static final int MODELS = 3;
  private static final Model MODEL = TestingModel.around(TestingEngine.free()).model();

  private final ModelLeases leases = new ModelLeases();
  private final AtomicInteger[] open = {
    new AtomicInteger(), new AtomicInteger(), new AtomicInteger()
  };
  private final AtomicInteger loads = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicInteger cancellations = new AtomicInteger();

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aModelIsInMemoryAtMostOnceAndNoneIsLeft(int seed) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(SUBTASKS, TestingThreads::daemon);
    List<Future<Void>> subtasks = new ArrayList<>();
    for (int i = 0; i < SUBTASKS; i++) {
      Random random = new Random(31L * seed + i);
      subtasks.add(
          threads.submit(
              () -> {
                for (int round = 0; round < ROUNDS; round++) {
                  live(random);
                }
                return null;
              }));
    }
    for (Future<Void> subtask : subtasks) {
      subtask.get();
    }
    threads.shutdown();
    assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();

    assertThat(leases.size()).isZero();
    assertThat(open).allMatch(count -> count.get() == 0);
    assertThat(loads.get()).as("loads").isGreaterThan(MODELS);
    assertThat(failures.get()).as("failed loads").isPositive();
    assertThat(cancellations.get()).as("cancelled waits").isPositive();
  }

  /** The life of one subtask. */
  private void live(Random random) {
    int which = random.nextInt(MODELS);
    LoadOptions options = ModelLeasesTest.options(which + 1, 0);
    boolean faulty = random.nextInt(5) == 0;
    if (random.nextInt(10) == 0) {
      Thread.currentThread().interrupt();
    }
    try (ModelLease lease = leases.acquire(MODEL, options, () -> load(which, faulty))) {
      assertThat(open[which]).as("copies in memory").hasValue(1);
      assertThat(((CountedEngine) lease.model().engine()).closed).isFalse();
      LockSupport.parkNanos(1_000);
      assertThat(((CountedEngine) lease.model().engine()).closed).isFalse();
    } catch (InterruptedException e) {
      cancellations.incrementAndGet();
    } catch (NoModelException e) {
      failures.incrementAndGet();
    } catch (EngineException e) {
      assertThat(e).hasCauseInstanceOf(NoModelException.class);
      failures.incrementAndGet();
    } finally {
      // Before the next life; close() keeps it.
      Thread.interrupted();
    }
  }

  private LoadedModel load(int which, boolean faulty) {
    LockSupport.parkNanos(1_000);
    if (faulty) {
      throw new NoModelException();
    }
    loads.incrementAndGet();
    assertThat(open[which].incrementAndGet()).as("copies in memory").isEqualTo(1);
    return TestingModel.around(new CountedEngine(open[which]));
  }

  private static final class NoModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
