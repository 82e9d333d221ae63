package io.flinkinference.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import io.flinkinference.batch.ShapeRounding;
import io.flinkinference.engine.Device;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExecutionProvidersTest {

  @ParameterizedTest
  @CsvSource({
    "cuda, gpu_mem_limit, 4294967296",
    "cuda, arena_extend_strategy, kSameAsRequested",
    "cuda, enable_cuda_graph, 0",
    "tensorrt, trt_fp16_enable, 1",
    "tensorrt, trt_engine_cache_path, /var/cache/engines",
    "tensorrt, gpu_mem_limit, 4294967296",
    "openvino, device_type, GPU",
    "coreml, MLComputeUnits, ALL",
    "someplugin, library, /opt/libsomeplugin.so"
  })
  void knownSettingsAreTaken(String kind, String key, String value) {
    ExecutionProviders.check(Device.parse(kind), Map.of(key, value));
  }

  @ParameterizedTest
  @CsvSource({
    "cpu, arena, 1, It has none at all",
    "gpu, use_tf32, 1, inference.device is gpu",
    "cuda, gpu_memory_limit, 1, gpu_mem_limit",
    "cuda, trt_fp16_enable, 1, no setting 'trt_fp16_enable'",
    "cuda, device_id, 1, inference.device",
    "cuda, enable_cuda_graph, 1, results of",
    "tensorrt, trt_cuda_graph_enable, True, results of"
  })
  void othersAreRefusedWithAReason(String kind, String key, String value, String reason) {
    assertThatThrownBy(() -> ExecutionProviders.check(Device.parse(kind), Map.of(key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void aCacheOfEnginesNeedsANameForTheModel() {
    Map<String, String> cached =
        Map.of("trt_engine_cache_enable", "1", "trt_engine_cache_path", "/engines");
    Device device = Device.parse("tensorrt");
    assertThatThrownBy(() -> ExecutionProviders.check(device, cached))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the weights of the first");
    Map<String, String> named = new HashMap<>(cached);
    named.put("trt_engine_cache_prefix", "sentiment-3");
    ExecutionProviders.check(device, named);
  }

  @ParameterizedTest
  @ValueSource(strings = {"openvino:1", "coreml:1", "xnnpack:2"})
  void anIndexThatTheProviderDoesNotTakeIsRefused(String device) {
    assertThatThrownBy(() -> ExecutionProviders.check(Device.parse(device), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("takes no index");
    ExecutionProviders.check(Device.parse(device.substring(0, device.indexOf(':'))), Map.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cuda     | Failed to find CUDA shared provider | onnxruntime_gpu in place of com.microsoft.onnxruntime:onnxruntime
          tensorrt | Failed to find TensorRT shared provider | this project's Maven profile gpu
          coreml   | CoreML execution provider is not supported in this build. | has no execution provider coreml
          directml | This binary was not compiled with DirectML support. | Take one that has it
          cuda     | Failed to load library /tmp/x/libonnxruntime_providers_cuda.so with error: libcublasLt.so.12: cannot open shared object file: No such file | the library libcublasLt.so.12 is missing. CUDA 12 and cuDNN 9
          tensorrt | Failed to load library /tmp/x/libonnxruntime_providers_tensorrt.so with error: libnvinfer.so.10: cannot open shared object file: No such file | the library libnvinfer.so.10 is missing. TensorRT 10
          cuda     | CUDA failure 100: no CUDA-capable device is detected | no CUDA-capable device
          """)
  void whatIsMissingIsNamed(String kind, String message, String said) {
    Device device = new Device(kind, 1);
    assertThat(MissingProvider.explain(device, new OrtException(message)))
        .hasMessageContaining("The device " + kind + ":1 cannot be used")
        .hasMessageContaining(said);
  }

  @Test
  void pluginsAreFoundByTheirNames() {
    assertThat(PluginProvider.isNamed("NvTensorRTRTXExecutionProvider", "nvtensorrtrtx")).isTrue();
    assertThat(PluginProvider.isNamed("Acme", "acme")).isTrue();
    assertThat(PluginProvider.isNamed("CPUExecutionProvider", "cuda")).isFalse();
  }

  @Test
  void tensorRtPreparesForTheShapesOfTheBatches() {
    ShapeProfile profile = new ShapeProfile(ShapeRounding.few(512), 1_024);
    assertThat(profile.settings(List.of("input_ids", "attention_mask")))
        .containsOnly(
            Map.entry("trt_profile_min_shapes", "attention_mask:1x32,input_ids:1x32"),
            Map.entry("trt_profile_opt_shapes", "attention_mask:16x32,input_ids:16x32"),
            Map.entry("trt_profile_max_shapes", "attention_mask:32x512,input_ids:32x512"));
  }

  @Test
  void profileHasRoomForTheTriesWhenAModelIsLoadedWhateverTheBudget() {
    assertThat(new ShapeProfile(ShapeRounding.few(64), 64).settings(List.of("input_ids")))
        .containsEntry("trt_profile_max_shapes", "input_ids:16x64");
  }

  @Test
  void profileNamesTheInputsOfTheGraph() throws OrtException {
    ShapeProfile profile = new ShapeProfile(ShapeRounding.few(64), 256);
    assertThat(profile.settings(TestingModels.tiny("tiny-classifier")))
        .containsEntry(
            "trt_profile_min_shapes", "attention_mask:1x32,input_ids:1x32,token_type_ids:1x32");
    assertThat(
            new ShapeProfile(ShapeRounding.EXACT, 256)
                .settings(TestingModels.tiny("tiny-classifier")))
        .isEmpty();
  }
}
