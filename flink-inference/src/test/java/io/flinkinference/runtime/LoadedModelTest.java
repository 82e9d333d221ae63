package io.flinkinference.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.EngineExecutor;
import io.flinkinference.engine.InferenceEngine;
import io.flinkinference.testing.TestingModel;
import io.flinkinference.testing.TestingThreads;
import io.flinkinference.text.Encoding;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LoadedModelTest {

  @Test
  void closeReturnsThoughARunDoesNotHeedAndTheThreadEndsWithIt() throws Exception {
    HeldEngine engine = new HeldEngine();
    engine.mayClose.countDown();
    LoadedModel model = TestingModel.around(engine);
    CountDownLatch ended = startRun(model);
    engine.running.await();

    long start = System.nanoTime();
    Thread.currentThread().interrupt();
    model.close();

    assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(InferenceEngine.CLOSE_LIMIT);
    assertThatThrownBy(() -> model.watchdog().after(1, () -> {}))
        .isInstanceOf(RejectedExecutionException.class);
    assertThat(ended.getCount()).as("the run is still under way").isEqualTo(1);
    engine.mayEndRuns.countDown();
    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(model.executor().awaitTermination(Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void closeWaitsForARunThatComesBack() throws Exception {
    HeldEngine engine = new HeldEngine();
    LoadedModel model = TestingModel.around(engine);
    CountDownLatch ended = startRun(model);
    engine.running.await();
    Thread closer = TestingThreads.daemon(model::close);
    closer.start();
    engine.closing.await();
    engine.mayEndRuns.countDown();
    engine.mayClose.countDown();
    closer.join();

    assertThat(ended.getCount()).isZero();
    assertThat(model.executor().awaitTermination(Duration.ZERO)).isTrue();
  }

  private static CountDownLatch startRun(LoadedModel model) {
    CountDownLatch ended = new CountDownLatch(1);
    AtomicBoolean work = new AtomicBoolean(true);
    model
        .executor()
        .register(
            new EngineExecutor.Source() {
              @Override
              public Runnable take() {
                if (!work.getAndSet(false)) {
                  return null;
                }
                return () -> {
                  model.engine().run(TokenBatch.of(Encoding.of(1)), outputs -> null);
                  ended.countDown();
                };
              }

              @Override
              public long nanosUntilWork() {
                return work.get() ? 0 : EngineExecutor.NO_WORK;
              }
            })
        .signal();
    return ended;
  }
}
