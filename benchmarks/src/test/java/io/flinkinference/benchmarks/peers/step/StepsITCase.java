package io.flinkinference.benchmarks.peers.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.benchmarks.bare.Tokenized;
import io.flinkinference.benchmarks.flink.BenchCluster;
import io.flinkinference.benchmarks.peers.job.Load;
import io.flinkinference.benchmarks.peers.job.MeasuredJob;
import io.flinkinference.benchmarks.peers.job.Measurement;
import io.flinkinference.benchmarks.peers.job.Step;
import io.flinkinference.benchmarks.peers.model.Embedder;
import io.flinkinference.benchmarks.peers.model.EmbeddingServer;
import io.flinkinference.benchmarks.workload.Workload;
import io.flinkinference.text.Encoding;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The steps with a model whose vector of a text holds its number. */
class StepsITCase {

  private static final int TEXTS = 200;
  private static final int WARM_UP = 10;
  private static final ConcurrentLinkedQueue<Integer> BATCHES = new ConcurrentLinkedQueue<>();
  private static final Tokenized WORKLOAD =
      new Tokenized(
          new Workload("numbers", IntStream.range(0, TEXTS).mapToObj(Integer::toString).toList()),
          Collections.nCopies(TEXTS, Encoding.of(1)));

  private static BenchCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = BenchCluster.start(2);
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
  }

  @BeforeEach
  void clear() {
    BATCHES.clear();
  }

  private static void assertEachTextHasItsVector(Step step, int subtasks) throws Exception {
    Load load = Load.allAtOnce(WORKLOAD, subtasks, WARM_UP);
    try (step;
        Measurement measurement = new Measurement(load)) {
      MeasuredJob.run(cluster, step, measurement);

      assertThat(measurement.sample().records()).isBetween((long) TEXTS / subtasks, (long) TEXTS);
      float[][] vectors = measurement.vectors();
      for (int text = 0; text < TEXTS; text++) {
        assertThat(vectors[text]).containsExactly(text);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void mapGivesEachTextItsVector(int subtasks) throws Exception {
    assertEachTextHasItsVector(MapEach.step(Numbers::new), subtasks);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void fifoBatchesGiveEachTextItsVectorToTheLast(int subtasks) throws Exception {
    assertEachTextHasItsVector(
        FifoBatches.step(Numbers::new, 32, Duration.ofMillis(100), subtasks), subtasks);

    assertThat(BATCHES).contains(32).allMatch(size -> size <= 32);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void asyncGivesEachTextItsVector(int subtasks) throws Exception {
    assertEachTextHasItsVector(AsyncEach.step(Numbers::new, 2), subtasks);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void batcherGivesEachTextItsVectorToTheLast(int subtasks) throws Exception {
    assertEachTextHasItsVector(
        AsyncBatches.step(Numbers::new, 32, Duration.ofMillis(10), 2), subtasks);

    assertThat(BATCHES).anyMatch(size -> size > 1).allMatch(size -> size <= 32);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void serverGivesEachTextItsVector(int subtasks) throws Exception {
    assertEachTextHasItsVector(HttpEach.step(EmbeddingServer.start(new Numbers(), 2)), subtasks);
  }

  @Test
  void waitingBeforeTheSourceCounts() throws Exception {
    long eachNanos = 10_000_000;
    int texts = 20;
    Load load = Load.arriving(WORKLOAD, 1, new long[texts]);
    try (Measurement measurement = new Measurement(load)) {
      MeasuredJob.run(cluster, MapEach.step(() -> new Slow(eachNanos)), measurement);

      long[] latencies = measurement.latencies();
      for (int i = 0; i < texts; i++) {
        assertThat(latencies[i]).isGreaterThanOrEqualTo((i + 1) * eachNanos);
      }
    }
  }

  @Test
  void textsDoNotArriveBeforeTheirTime() throws Exception {
    long[] arrivals = IntStream.range(0, 20).mapToLong(i -> i * 5_000_000L).toArray();
    try (Measurement measurement = new Measurement(Load.arriving(WORKLOAD, 1, arrivals))) {
      MeasuredJob.run(cluster, MapEach.step(Numbers::new), measurement);

      assertThat(LongStream.of(measurement.latencies())).allMatch(nanos -> nanos >= 0);
      assertThat(measurement.sample().wallNanos()).isGreaterThanOrEqualTo(arrivals[19]);
    }
  }

  private static class Numbers implements Embedder {

    @Override
    public List<float[]> embed(List<String> texts) {
      BATCHES.add(texts.size());
      return texts.stream().map(text -> new float[] {Float.parseFloat(text)}).toList();
    }

    @Override
    public void close() {}
  }

  private static final class Slow extends Numbers {

    private final long nanos;

    Slow(long nanos) {
      this.nanos = nanos;
    }

    @Override
    public List<float[]> embed(List<String> texts) {
      long end = System.nanoTime() + nanos;
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      return super.embed(texts);
    }
  }
}
