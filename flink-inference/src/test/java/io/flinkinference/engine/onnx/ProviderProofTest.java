package io.flinkinference.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import io.flinkinference.batch.ShapeRounding;
import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.Device;
import io.flinkinference.engine.EngineException;
import io.flinkinference.engine.EngineOptions;
import io.flinkinference.engine.LostDeviceException;
import io.flinkinference.engine.ProviderOptions;
import io.flinkinference.text.Encoding;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProviderProofTest {

  private static final String CPU = "CPUExecutionProvider";
  private static final String CUDA = "CUDAExecutionProvider";
  private static final Path MODEL = TestingModels.tiny("tiny-classifier");

  @TempDir Path directory;

  @Test
  void aRunTellsWhichProviderRanTheGraph() throws Exception {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions settings = new OrtSession.SessionOptions();
        ProviderProof proof = ProviderProof.begin(settings);
        OrtSession session = environment.createSession(MODEL.toString(), settings);
        OnnxTensor ones = OnnxTensor.createTensor(environment, new long[][] {{1, 1}});
        OrtSession.Result result =
            session.run(
                Map.of("input_ids", ones, "attention_mask", ones, "token_type_ids", ones))) {
      assertThat(result).isNotEmpty();
      assertThatThrownBy(() -> proof.check(session, Device.parse("cuda:1"), CUDA))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("The device cuda:1 does not run the model")
          .hasMessageContaining("no node of the graph ran on the " + CUDA + ", but on [" + CPU)
          .hasMessageContaining("inference.device.fallback");
    }
  }

  @Test
  void heavyOperatorsOnTheCpuAreAnObjectionAndShapesAreNot() throws Exception {
    Path profile = directory.resolve("profile.json");
    Files.writeString(
        profile,
        """
        [{"cat":"Session","name":"model_run","args":{}},
         {"cat":"Node","name":"a_kernel_time","args":{"op_name":"MatMul","provider":"CUDAExecutionProvider"}},
         {"cat":"Node","name":"b_kernel_time","args":{"op_name":"Shape","provider":"CPUExecutionProvider"}}]
        """);
    NodePlaces sound = NodePlaces.read(profile);
    assertThat(sound.objection(CUDA)).isNull();
    assertThat(sound.objection("TensorrtExecutionProvider")).contains("no node");

    NodePlaces partly =
        new NodePlaces(
            Map.of(CUDA, Map.of("Add", 3), CPU, Map.of("DynamicQuantizeMatMul", 12, "Gather", 1)));
    assertThat(partly.objection(CUDA))
        .contains("{DynamicQuantizeMatMul=12}")
        .contains("on the CPU");
  }

  @Test
  void whereItIsAllowedTheModelRunsOnTheCpuAndSaysSo() {
    AtomicInteger openObjects = new AtomicInteger();
    try (OnnxEngine engine =
        OnnxEngine.open(MODEL, options("rocm:1", true), TestingModels.WATCHDOG, openObjects)) {
      assertThat(engine.device()).isEqualTo(Device.CPU);
      assertThat(engine.rounding()).isEqualTo(ShapeRounding.EXACT);
    }
    assertThat(openObjects).hasValue(0);
  }

  @Test
  void theCpuIsNotTakenInPlaceOfADeviceThatThisProcessLost() {
    EngineOptions wished = options("cuda:0", true);
    EngineException failure = new EngineException("No such device.");
    assertThat(OnnxEngine.mayFallBack(wished, failure)).isTrue();
    assertThat(OnnxEngine.mayFallBack(wished, new LostDeviceException("Lost.", failure))).isFalse();
  }

  @Test
  void asManyRunAtOnceAsSuitTheDeviceThatItIsInTheEnd() {
    EngineOptions wished = options("rocm:1", true, 0);
    assertThat(wished.runsAtOnce()).isEqualTo(2);
    try (OnnxEngine engine = OnnxEngine.open(MODEL, wished, TestingModels.WATCHDOG)) {
      assertThat(engine.concurrency()).isEqualTo(Runtime.getRuntime().availableProcessors());
    }
    assertThat(options("rocm:1", true, 5).onCpu().runsAtOnce()).isEqualTo(5);
  }

  @Test
  void anotherProviderByNameIsAskedForItsLibrary() {
    assertThatThrownBy(() -> OnnxEngine.open(MODEL, options("acme", false), TestingModels.WATCHDOG))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("no execution provider acme")
        .hasMessageContaining("'library' in inference.device.options");
  }

  @Test
  void roundedBatchesGiveEachRowTheSameResult() {
    Encoding[] rows = {Encoding.of(1, 2, 8), Encoding.of(3), Encoding.of(4, 10)};
    TokenBatch rounded = ShapeRounding.few(64).batch(rows);
    try (OnnxEngine engine = TestingModels.openTiny("tiny-classifier", 1)) {
      float[] exact =
          engine.run(TokenBatch.of(rows), outputs -> values(outputs.get("logits").data()));
      float[] grown = engine.run(rounded, outputs -> values(outputs.get("logits").data()));
      assertThat(grown).hasSize(12).startsWith(exact);
    }
  }

  private static float[] values(FloatBuffer data) {
    float[] values = new float[data.limit()];
    data.get(0, values);
    return values;
  }

  private static EngineOptions options(String device, boolean fallbackAllowed) {
    return options(device, fallbackAllowed, 1);
  }

  private static EngineOptions options(String device, boolean fallbackAllowed, int concurrency) {
    return new EngineOptions(
        Device.parse(device),
        concurrency,
        1,
        TestingModels.TINY_VOCABULARY,
        0,
        0,
        Duration.ofMinutes(1),
        false,
        0,
        new ProviderOptions(Map.of(), fallbackAllowed, 0),
        ShapeRounding.few(64));
  }
}
