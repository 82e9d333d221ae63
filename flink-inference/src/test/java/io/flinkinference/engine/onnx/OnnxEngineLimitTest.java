package io.flinkinference.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.EngineException;
import io.flinkinference.engine.EngineMemoryException;
import io.flinkinference.engine.RunTimeoutException;
import io.flinkinference.testing.TestingThreads;
import io.flinkinference.text.Encoding;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs that take too long, do not end when they are told to, or want too much memory. */
@Timeout(60)
class OnnxEngineLimitTest {

  private static final Offset<Float> FLOAT_ERROR = within(1e-6f);
  private static final Duration SHORT = Duration.ofMillis(200);

  private static final TokenBatch GOOD = TokenBatch.of(Encoding.of(3));
  private static final TokenBatch SLOW = TokenBatch.of(Encoding.of(TestingModels.ID_THAT_IS_SLOW));
  private static final TokenBatch ENDLESS =
      TokenBatch.of(Encoding.of(1, 2), Encoding.of(TestingModels.ID_THAT_IS_ENDLESS));
  private static final TokenBatch DEAF = TokenBatch.of(Encoding.of(TestingModels.ID_THAT_IS_DEAF));

  private final ExecutorService threads = Executors.newCachedThreadPool(TestingThreads::daemon);

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  @Test
  void runPastItsLimitIsEndedAndTheEngineGoesOn() {
    try (OnnxEngine engine = TestingModels.openTiny(TestingModels.TROUBLED, 1, SHORT)) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> engine.run(ENDLESS, outputs -> null))
            .isInstanceOf(RunTimeoutException.class)
            .hasMessageContaining("TokenBatch[2 x 2] was ended after 200 ms")
            .hasMessageContaining("raise that");
        assertThat(firstLogit(engine, GOOD)).isCloseTo(0.03f, FLOAT_ERROR);
      }
    }
  }

  @Test
  void runWithinItsLimitIsLeftAlone() {
    try (OnnxEngine engine =
        TestingModels.openTiny(TestingModels.TROUBLED, 1, Duration.ofSeconds(30))) {
      assertThat(firstLogit(engine, SLOW)).isCloseTo(0.15f, FLOAT_ERROR);
    }
  }

  @Test
  void closeEndsAnEndlessRunAndSaysSo() throws Exception {
    AtomicInteger openObjects = new AtomicInteger();
    OnnxEngine engine = open(openObjects);
    Future<?> run = threads.submit(() -> engine.run(ENDLESS, outputs -> null));
    awaitNativeRun(openObjects);

    engine.close();

    assertThat(openObjects).hasValue(0);
    assertThatThrownBy(() -> TestingThreads.get(run))
        .cause()
        .isExactlyInstanceOf(EngineException.class)
        .hasMessageContaining("closed during the run of TokenBatch[2 x 2]");
  }

  @Test
  void closeLeavesTheSessionToARunThatDoesNotHeed() throws Exception {
    AtomicInteger openObjects = new AtomicInteger();
    OnnxEngine engine = open(openObjects);
    AtomicLong runner = new AtomicLong();
    Future<Float> run =
        threads.submit(
            () -> {
              runner.set(Thread.currentThread().getId());
              return firstLogit(engine, DEAF);
            });
    awaitNativeRun(openObjects);
    awaitCpuTime(runner.get(), Duration.ofMillis(200));

    engine.closeWithin(Duration.ofMillis(50));

    assertThat(run.isDone()).as("the run has ended").isFalse();
    assertThat(openObjects.get()).as("open while the run is in the session").isPositive();
    assertThatThrownBy(() -> engine.run(GOOD, outputs -> null))
        .isInstanceOf(EngineException.class)
        .hasMessage("The engine is closed.");
    awaitEnd(run);
    assertThat(openObjects).hasValue(0);
    engine.close();
    assertThat(openObjects).hasValue(0);
  }

  @Test
  void closeKeepsTheInterruptAndStillWaits() throws Exception {
    AtomicInteger openObjects = new AtomicInteger();
    OnnxEngine engine = open(openObjects);
    Future<?> run = threads.submit(() -> engine.run(ENDLESS, outputs -> null));
    awaitNativeRun(openObjects);

    Thread.currentThread().interrupt();
    engine.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(openObjects).hasValue(0);
    awaitEnd(run);
  }

  @Test
  void runThatLacksMemoryIsToldApartAndASmallerOneRuns() {
    TokenBatch large =
        TokenBatch.of(
            Collections.nCopies(
                TestingModels.TOKENS_WITH_MEMORY + 1,
                Encoding.of(TestingModels.ID_THAT_IS_HUNGRY)));
    TokenBatch small = TokenBatch.of(large.row(0), Encoding.of(3, TestingModels.ID_THAT_IS_HUNGRY));
    try (OnnxEngine engine = TestingModels.openTiny(TestingModels.TROUBLED, 1)) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> engine.run(large, outputs -> null))
            .isInstanceOf(EngineMemoryException.class)
            .hasMessageContaining("TokenBatch[33 x 1] needs more memory than there is")
            .hasMessageContaining("Failed to allocate memory");
        assertThat(firstLogit(engine, small)).isCloseTo(0.18f, FLOAT_ERROR);
      }
    }
  }

  @Test
  void batchOfAnOddWidthFailsAlone() {
    int[] ids = new int[TestingModels.WIDTH_THAT_FAILS];
    TokenBatch odd = TokenBatch.of(Encoding.of(ids), Encoding.of(1));
    try (OnnxEngine engine = TestingModels.openTiny(TestingModels.ODD_WIDTHS, 1)) {
      assertThatThrownBy(() -> engine.run(odd, outputs -> null))
          .isExactlyInstanceOf(EngineException.class)
          .hasMessageContaining("TokenBatch[2 x 13] failed");
      assertThat(firstLogit(engine, GOOD)).isCloseTo(0.03f, FLOAT_ERROR);
    }
  }

  private static OnnxEngine open(AtomicInteger openObjects) {
    return OnnxEngine.open(
        TestingModels.tiny(TestingModels.TROUBLED),
        TestingModels.options(TestingModels.TINY_VOCABULARY, 1),
        TestingModels.WATCHDOG,
        openObjects);
  }

  /** The session, the run's handle, its two inputs and its output: all that is made before. */
  private static void awaitNativeRun(AtomicInteger openObjects) {
    assertThat(TestingThreads.await(() -> openObjects.get() >= 5)).as("it runs").isTrue();
  }

  /** Every step of the graph but the one that is meant takes less. */
  private static void awaitCpuTime(long thread, Duration time) {
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    long start = clock.getThreadCpuTime(thread);
    long end = start + time.toNanos();
    assertThat(TestingThreads.await(() -> clock.getThreadCpuTime(thread) >= end)).isTrue();
  }

  private static void awaitEnd(Future<?> run) throws Exception {
    try {
      run.get(30, TimeUnit.SECONDS); // A machine may be slow, and the step does not heed.
    } catch (ExecutionException e) {
      assertThat(e).hasCauseInstanceOf(EngineException.class);
    }
  }

  private static float firstLogit(OnnxEngine engine, TokenBatch batch) {
    return engine.run(batch, outputs -> outputs.get("logits").data().get(0));
  }
}
