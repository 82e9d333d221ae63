package io.flinkinference.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.flinkinference.batch.ShapeRounding;
import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.Device;
import io.flinkinference.engine.EngineException;
import io.flinkinference.engine.EngineMemoryException;
import io.flinkinference.engine.EngineOptions;
import io.flinkinference.engine.FloatTensor;
import io.flinkinference.engine.ProviderOptions;
import io.flinkinference.text.Encoding;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real GPU: {@code mvn -Pgpu -pl flink-inference test -Dtest=GpuEngineTest}. */
@Tag("gpu")
class GpuEngineTest {

  private static final String OUTPUT = "last_hidden_state";
  private static final double ERROR_OF_HALF_FLOATS = 1e-2;
  private static final int BERT_VOCABULARY = 30_522;
  private static final int RUNS = 20;
  private static final String SMALL_LIMIT = Long.toString(256L << 20);

  @TempDir static Path directory;
  private static Path miniLm;

  @BeforeAll
  static void unpack() throws Exception {
    miniLm = TestingModels.unpack("all-minilm-l6-v2", directory);
  }

  @Test
  void cudaAgreesWithTheCpu() {
    assertAgreement("cuda", Map.of("use_tf32", "0"));
  }

  @Test
  void tensorRtInHalfFloatsAgreesWithTheCpu() {
    assertAgreement(
        "tensorrt",
        Map.of(
            "trt_fp16_enable", "1",
            "trt_engine_cache_enable", "1",
            "trt_engine_cache_prefix", "minilm",
            "trt_engine_cache_path", directory.resolve("engines").toString()));
  }

  @Test
  void aGraphOfHalfFloatsAgreesWithTheCpu() {
    TokenBatch batch = TokenBatch.of(Encoding.of(1, 2, 8), Encoding.of(3), Encoding.of(4, 10));
    Path graph = TestingModels.tiny("tiny-classifier-fp16");
    try (OnnxEngine gpu = open(graph, "cuda", Map.of());
        OnnxEngine cpu = open(graph, "cpu", Map.of())) {
      float[] expected = cpu.run(batch, outputs -> values(outputs.get("logits")));
      assertThat(gpu.<float[]>run(batch, outputs -> values(outputs.get("logits"))))
          .containsExactly(expected, within((float) ERROR_OF_HALF_FLOATS));
    }
  }

  @Test
  void theDeviceIsProvedAndAnotherIsRefused() {
    try (OnnxEngine gpu = open(miniLm, "cuda", Map.of())) {
      assertThat(gpu.device()).isEqualTo(new Device("cuda", 0));
    }
    assertThatThrownBy(() -> open(miniLm, "cuda:63", Map.of()))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("63");
  }

  @Test
  void aBatchBeyondTheMemoryLimitIsToldFromOtherFailures() {
    TokenBatch large = batch(512, 512);
    try (OnnxEngine gpu = open(miniLm, "cuda", Map.of("gpu_mem_limit", SMALL_LIMIT))) {
      assertThatThrownBy(() -> gpu.run(large, outputs -> null))
          .isInstanceOf(EngineMemoryException.class);
      assertThat(gpu.<float[]>run(batch(2, 8), outputs -> values(outputs.get(OUTPUT))))
          .isNotEmpty();
    }
  }

  @Test
  void twoSessionsOnOneDeviceGiveTheSameAsOne() {
    TokenBatch batch = batch(8, 32);
    try (OnnxEngine one = open(miniLm, "cuda", Map.of());
        OnnxEngine other = open(miniLm, "cuda", Map.of())) {
      float[] alone = one.run(batch, outputs -> values(outputs.get(OUTPUT)));
      CompletableFuture<float[]> first = CompletableFuture.supplyAsync(() -> last(one, batch));
      CompletableFuture<float[]> second = CompletableFuture.supplyAsync(() -> last(other, batch));
      assertThat(first.join()).containsExactly(alone, within(1e-4f));
      assertThat(second.join()).containsExactly(alone, within(1e-4f));
    }
  }

  @Test
  void throughputIsPrintedForCpuAndGpu() {
    TokenBatch batch = batch(64, 32);
    for (String device : new String[] {"cpu", "cuda"}) {
      try (OnnxEngine engine = open(miniLm, device, Map.of())) {
        last(engine, batch);
        long start = System.nanoTime();
        assertThat(last(engine, batch)).isNotEmpty();
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
            "%s: %.0f tokens/s at %s%n", device, RUNS * batch.paddedTokens() / seconds, batch);
      }
    }
  }

  /**
   * The vectors of each token, by their cosine: half floats err by more in single large numbers.
   */
  private static void assertAgreement(String device, Map<String, String> settings) {
    TokenBatch batch = ShapeRounding.few(64).batch(encoding(20), encoding(31), encoding(5));
    try (OnnxEngine gpu = open(miniLm, device, settings);
        OnnxEngine cpu = open(miniLm, "cpu", Map.of())) {
      float[] expected = cpu.run(batch, outputs -> values(outputs.get(OUTPUT)));
      float[] actual = gpu.run(batch, outputs -> values(outputs.get(OUTPUT)));
      int size = expected.length / batch.paddedTokens();
      for (int row = 0; row < 3; row++) {
        for (int token = 0; token < batch.row(row).length(); token++) {
          int from = (row * batch.width() + token) * size;
          assertThat(cosine(expected, actual, from, size)).isGreaterThan(1 - ERROR_OF_HALF_FLOATS);
        }
      }
    }
  }

  private static double cosine(float[] one, float[] other, int from, int size) {
    double dot = 0;
    double oneSquared = 0;
    double otherSquared = 0;
    for (int i = from; i < from + size; i++) {
      dot += (double) one[i] * other[i];
      oneSquared += (double) one[i] * one[i];
      otherSquared += (double) other[i] * other[i];
    }
    return dot / Math.sqrt(oneSquared * otherSquared);
  }

  private static float[] last(OnnxEngine engine, TokenBatch batch) {
    float[] values = {};
    for (int i = 0; i < RUNS; i++) {
      values = engine.run(batch, outputs -> values(outputs.get(OUTPUT)));
    }
    return values;
  }

  private static TokenBatch batch(int rows, int width) {
    return TokenBatch.of(Collections.nCopies(rows, encoding(width)));
  }

  private static Encoding encoding(int tokens) {
    return Encoding.of(new Random(tokens).ints(tokens, 1_000, 20_000).toArray());
  }

  private static float[] values(FloatTensor tensor) {
    float[] values = new float[tensor.data().limit()];
    tensor.data().get(0, values);
    return values;
  }

  private static OnnxEngine open(Path graph, String device, Map<String, String> settings) {
    int vocabulary = graph.equals(miniLm) ? BERT_VOCABULARY : TestingModels.TINY_VOCABULARY;
    return OnnxEngine.open(
        graph,
        new EngineOptions(
            Device.parse(device),
            2,
            1,
            vocabulary,
            0,
            0,
            Duration.ofMinutes(5),
            false,
            0,
            new ProviderOptions(settings, false, 2_048),
            device.equals("tensorrt") ? ShapeRounding.few(64) : ShapeRounding.EXACT),
        TestingModels.WATCHDOG);
  }
}
