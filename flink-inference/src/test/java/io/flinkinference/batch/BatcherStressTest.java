package io.flinkinference.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.batch.WaitingTexts.Text;
import io.flinkinference.engine.EngineExecutor;
import io.flinkinference.engine.EngineExecutor.Registration;
import io.flinkinference.testing.TestingThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The engine is told only of records for which {@link Batcher#add} says so. One that it should have
 * been told of leaves a producer waiting until the time is up.
 */
class BatcherStressTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final int BURSTS = 2_000;
  private static final int MOST_TOKENS = 64;

  private final AtomicLong added = new AtomicLong();
  private final AtomicLong addedTokens = new AtomicLong();
  private final AtomicLong served = new AtomicLong();
  private final AtomicLong servedTokens = new AtomicLong();

  @ParameterizedTest
  @CsvSource({"1, 1, 0", "2, 1, 0", "1, 3, 0", "2, 3, 0", "4, 4, 0", "1, 1, 50", "2, 3, 50"})
  void everyRecordIsServed(int concurrency, int producers, long lingerMicros) throws Exception {
    Batcher<Text> batcher = batcher(new TokenBudget(MOST_TOKENS), 1_000 * lingerMicros);
    run(
        batcher,
        concurrency,
        producers,
        (registration, random) -> {
          add(batcher, registration, random);
          return random.nextInt(4) == 0 || TestingThreads.await(() -> served.get() >= added.get());
        },
        () -> served.get() >= added.get());
  }

  /** Records would linger longer than the test; a full batch does not, also if it was not full. */
  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "2, 3"})
  void fullBatchesAreServedWhateverTheBudgetIsAtTheMoment(int concurrency, int producers)
      throws Exception {
    TokenBudget budget = new TokenBudget(MOST_TOKENS);
    Batcher<Text> batcher = batcher(budget, TimeUnit.HOURS.toNanos(1));
    run(
        batcher,
        concurrency,
        producers,
        (registration, random) -> {
          if (producers == 1) {
            budget.want(8 + random.nextInt(MOST_TOKENS));
          }
          add(batcher, registration, random);
          return TestingThreads.await(
              () -> addedTokens.get() - servedTokens.get() < budget.tokens());
        },
        () -> addedTokens.get() - servedTokens.get() < budget.tokens());
  }

  private static Batcher<Text> batcher(TokenBudget budget, long lingerNanos) {
    return new Batcher<>(new TokenBudgetPolicy(RunCost.TYPICAL), budget, lingerNanos);
  }

  /** What a producer does again and again; says whether all went well. */
  private interface Burst {
    boolean run(Registration registration, Random random);
  }

  private void run(
      Batcher<Text> batcher, int concurrency, int producers, Burst burst, BooleanSupplier atTheEnd)
      throws Exception {
    EngineExecutor executor = new EngineExecutor(concurrency, TestingThreads::daemon);
    ExecutorService threads = Executors.newFixedThreadPool(producers, TestingThreads::daemon);
    try (Registration registration = executor.register(new Source(batcher))) {
      List<Future<Boolean>> results = new ArrayList<>();
      for (int i = 0; i < producers; i++) {
        Random random = new Random(31L * concurrency + i);
        results.add(threads.submit(() -> allWell(burst, registration, random)));
      }
      for (Future<Boolean> result : results) {
        assertThat(result.get()).as("all served").isTrue();
      }
      assertThat(TestingThreads.await(atTheEnd)).as("all served at the end").isTrue();
    } finally {
      threads.shutdownNow();
      executor.shutdown();
    }
    assertThat(executor.awaitTermination(LONG)).isTrue();
  }

  private static boolean allWell(Burst burst, Registration registration, Random random) {
    for (int i = 0; i < BURSTS; i++) {
      if (!burst.run(registration, random)) {
        return false;
      }
    }
    return true;
  }

  private void add(Batcher<Text> batcher, Registration registration, Random random) {
    List<Text> texts = new ArrayList<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      int number = (int) added.getAndIncrement();
      Text text = new Text(number, 1 + random.nextInt(20), System.nanoTime());
      addedTokens.addAndGet(text.encoding().length());
      texts.add(text);
    }
    if (random.nextBoolean()) {
      if (batcher.addAll(texts)) {
        registration.signal();
      }
      return;
    }
    for (Text text : texts) {
      if (batcher.add(text)) {
        registration.signal();
      }
    }
  }

  /** Serves batches; some texts run again, each alone, before they are served. */
  private final class Source implements EngineExecutor.Source {

    private final Batcher<Text> batcher;
    private final Set<Integer> ranAgain = ConcurrentHashMap.newKeySet();

    Source(Batcher<Text> batcher) {
      this.batcher = batcher;
    }

    @Override
    public Runnable take() {
      List<Text> batch = batcher.take();
      return batch.isEmpty() ? null : () -> serve(batch);
    }

    private void serve(List<Text> batch) {
      List<Text> again = new ArrayList<>();
      for (Text text : batch) {
        if (text.number() % 16 == 0 && ranAgain.add(text.number())) {
          again.add(text);
        } else {
          served.incrementAndGet();
          servedTokens.addAndGet(text.encoding().length());
        }
      }
      batcher.addAlone(again);
    }

    @Override
    public long nanosUntilWork() {
      return batcher.nanosUntilReady(System.nanoTime());
    }
  }
}
