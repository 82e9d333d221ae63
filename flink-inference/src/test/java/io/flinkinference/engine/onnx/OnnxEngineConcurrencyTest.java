package io.flinkinference.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.EngineException;
import io.flinkinference.engine.InferenceEngine.OutputReader;
import io.flinkinference.testing.TestingThreads;
import io.flinkinference.text.Encoding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OnnxEngineConcurrencyTest {

  private final ExecutorService threads = Executors.newFixedThreadPool(4, TestingThreads::daemon);

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  @Test
  void concurrentRunsGiveTheResultsOfSequentialOnes() throws Exception {
    Random random = new Random(7);
    List<TokenBatch> batches = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      batches.add(randomBatch(random));
    }
    // More callers than slots: the fourth waits its turn.
    try (OnnxEngine engine = TestingModels.openTiny("tiny-classifier", 3)) {
      List<float[]> sequential = batches.stream().map(batch -> logits(engine, batch)).toList();

      List<Future<float[]>> concurrent = new ArrayList<>();
      for (TokenBatch batch : batches) {
        concurrent.add(threads.submit(() -> logits(engine, batch)));
      }

      for (int i = 0; i < batches.size(); i++) {
        assertThat(concurrent.get(i).get()).containsExactly(sequential.get(i));
      }
    }
  }

  @Test
  void callerBeyondTheConcurrencyWaitsForASlot() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    try (OnnxEngine engine = TestingModels.openTiny("tiny-classifier", 1)) {
      Future<Boolean> first = threads.submit(() -> engine.run(small(), held(reading, mayEnd)));
      reading.await();
      Future<float[]> second = threads.submit(() -> logits(engine, small()));

      assertThatThrownBy(() -> second.get(50, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      mayEnd.countDown();
      assertThat(first.get()).isTrue();
      assertThat(second.get()).hasSize(3);
    }
  }

  @Test
  void callerThatWaitsForASlotCanBeInterrupted() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    try (OnnxEngine engine = TestingModels.openTiny("tiny-classifier", 1)) {
      Future<Boolean> first = threads.submit(() -> engine.run(small(), held(reading, mayEnd)));
      reading.await();

      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> logits(engine, small()))
          .isInstanceOf(EngineException.class)
          .hasMessage("Interrupted while all 1 runs of the engine were under way.");

      assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
      mayEnd.countDown();
      assertThat(first.get()).isTrue();
      assertThat(logits(engine, small())).hasSize(3);
    }
  }

  @Test
  void closeWaitsForTheReaderAndRefusesThoseWhoWait() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    OnnxEngine engine = TestingModels.openTiny("tiny-classifier", 1);
    Future<Boolean> reader = threads.submit(() -> engine.run(small(), held(reading, mayEnd)));
    reading.await();
    Future<float[]> waiting = threads.submit(() -> logits(engine, small()));
    Future<?> closing = threads.submit(engine::close);

    assertThatThrownBy(waiting::get).hasCauseInstanceOf(EngineException.class);
    assertThat(closing.isDone()).isFalse();
    mayEnd.countDown();
    closing.get();
    assertThat(reader.get()).isTrue();
  }

  @Test
  void closedEngineRefusesRuns() {
    OnnxEngine engine = TestingModels.openTiny("tiny-classifier", 1);
    engine.close();
    assertThatThrownBy(() -> logits(engine, small()))
        .isInstanceOf(EngineException.class)
        .hasMessage("The engine is closed.");
  }

  @Test
  void closeEndsARunThatIsUnderWay(@TempDir Path directory) throws Exception {
    AtomicInteger openObjects = new AtomicInteger();
    OnnxEngine engine =
        OnnxEngine.open(
            TestingModels.unpack("all-minilm-l6-v2", directory),
            TestingModels.options(30_522, 1),
            TestingModels.WATCHDOG,
            openObjects);
    // Some seconds of work.
    TokenBatch large = TokenBatch.of(Collections.nCopies(64, filled(256)));
    Future<?> run = threads.submit(() -> engine.run(large, outputs -> null));
    // The session, the run's handle, its inputs and its output: all that is made before it starts.
    assertThat(TestingThreads.await(() -> openObjects.get() >= 6 || run.isDone())).isTrue();
    engine.close();

    assertThatThrownBy(() -> TestingThreads.get(run))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("closed during the run of TokenBatch[64 x 256]");
  }

  private static Encoding filled(int length) {
    int[] ids = new int[length];
    Arrays.fill(ids, 2_000);
    return Encoding.of(ids);
  }

  private static TokenBatch small() {
    return TokenBatch.of(Encoding.of(1, 2));
  }

  private static OutputReader<Boolean> held(CountDownLatch reading, CountDownLatch mayEnd) {
    return outputs -> {
      reading.countDown();
      try {
        return mayEnd.await(30, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    };
  }

  private static TokenBatch randomBatch(Random random) {
    List<Encoding> rows = new ArrayList<>();
    for (int row = 0; row < 1 + random.nextInt(8); row++) {
      rows.add(
          Encoding.of(
              random.ints(1 + random.nextInt(20), 0, TestingModels.TINY_VOCABULARY).toArray()));
    }
    return TokenBatch.of(rows);
  }

  private static float[] logits(OnnxEngine engine, TokenBatch batch) {
    return engine.run(
        batch,
        outputs -> {
          float[] values = new float[batch.rows() * 3];
          outputs.get("logits").data().get(0, values);
          return values;
        });
  }
}
