package io.flinkinference.engine.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import ai.onnxruntime.providers.OrtTensorRTProviderOptions;
import io.flinkinference.engine.Device;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What an execution provider is asked for.
 *
 * @param device where it is to run
 * @param settings by the provider's names
 * @param profile shapes that TensorRT prepares for
 * @param onnxFile the graph
 * @param scope ends the native objects that are made for it
 */
record ProviderRequest(
    Device device,
    Map<String, String> settings,
    ShapeProfile profile,
    Path onnxFile,
    NativeScope scope) {

  Map<String, String> settingsWithout(Set<String> keys) {
    Map<String, String> left = new TreeMap<>(settings);
    left.keySet().removeAll(keys);
    return left;
  }

  OrtCUDAProviderOptions cuda(Map<String, String> chosen) throws OrtException {
    OrtCUDAProviderOptions options = scope.own(new OrtCUDAProviderOptions(device.index()));
    for (Map.Entry<String, String> setting : chosen.entrySet()) {
      options.add(setting.getKey(), setting.getValue());
    }
    return options;
  }

  OrtTensorRTProviderOptions tensorRt() throws OrtException {
    OrtTensorRTProviderOptions options = scope.own(new OrtTensorRTProviderOptions(device.index()));
    Map<String, String> chosen = new TreeMap<>(settingsWithout(ProviderKeys.CUDA));
    if (chosen.keySet().stream().noneMatch(key -> key.startsWith("trt_profile_"))) {
      chosen.putAll(profile.settings(onnxFile));
    }
    for (Map.Entry<String, String> setting : chosen.entrySet()) {
      options.add(setting.getKey(), setting.getValue());
    }
    return options;
  }
}
