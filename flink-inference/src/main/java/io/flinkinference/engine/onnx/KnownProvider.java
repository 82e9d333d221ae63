package io.flinkinference.engine.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.flinkinference.engine.Device;
import java.util.Map;
import java.util.Set;

/** The execution providers whose settings are known. Loads no native code by itself. */
enum KnownProvider {
  CPU("cpu", "CPUExecutionProvider", Set.of(), false) {
    @Override
    void add(SessionOptions session, ProviderRequest request) throws OrtException {
      session.addCPU(true);
    }
  },
  CUDA("cuda", "CUDAExecutionProvider", ProviderKeys.CUDA, false) {
    @Override
    void add(SessionOptions session, ProviderRequest request) throws OrtException {
      session.addCUDA(request.cuda(request.settings()));
    }
  },
  /** What it does not take runs on CUDA, so that is added too. */
  TENSORRT("tensorrt", "TensorrtExecutionProvider", ProviderKeys.TENSORRT_AND_CUDA, true) {
    @Override
    void add(SessionOptions session, ProviderRequest request) throws OrtException {
      session.addTensorrt(request.tensorRt());
      session.addCUDA(request.cuda(request.settingsWithout(ProviderKeys.TENSORRT)));
    }
  },
  /** The Java interface takes the type of the device only. */
  OPENVINO("openvino", "OpenVINOExecutionProvider", ProviderKeys.OPENVINO, true) {
    @Override
    void add(SessionOptions session, ProviderRequest request) throws OrtException {
      session.addOpenVINO(request.settings().getOrDefault("device_type", "CPU"));
    }
  },
  COREML("coreml", "CoreMLExecutionProvider", ProviderKeys.COREML, true) {
    @Override
    void add(SessionOptions session, ProviderRequest request) throws OrtException {
      session.addCoreML(request.settings());
    }
  },
  XNNPACK("xnnpack", "XnnpackExecutionProvider", ProviderKeys.XNNPACK, false) {
    @Override
    void add(SessionOptions session, ProviderRequest request) throws OrtException {
      session.addXnnpack(request.settings());
    }
  },
  DIRECTML("directml", "DmlExecutionProvider", Set.of(), false) {
    @Override
    void add(SessionOptions session, ProviderRequest request) throws OrtException {
      session.addDirectML(request.device().index());
    }
  },
  ROCM("rocm", "ROCMExecutionProvider", Set.of(), false) {
    @Override
    void add(SessionOptions session, ProviderRequest request) throws OrtException {
      session.addROCM(request.device().index());
    }
  };

  private static final Set<String> WITHOUT_INDEX = Set.of("openvino", "coreml", "xnnpack");

  private final String kind;
  private final String runtimeName;

  @SuppressWarnings("ImmutableEnumChecker") // Made by Set.of or Set.copyOf.
  private final Set<String> keys;

  private final boolean preparesForShapes;

  KnownProvider(String kind, String runtimeName, Set<String> keys, boolean preparesForShapes) {
    this.kind = kind;
    this.runtimeName = runtimeName;
    this.keys = keys;
    this.preparesForShapes = preparesForShapes;
  }

  /** Adds the provider to a session. */
  abstract void add(SessionOptions session, ProviderRequest request) throws OrtException;

  /** Finds one by the kind of a device; null where it is not known. */
  static KnownProvider of(String kind) {
    for (KnownProvider known : values()) {
      if (known.kind.equals(kind)) {
        return known;
      }
    }
    return null;
  }

  String kind() {
    return kind;
  }

  /** Its name in ONNX Runtime. */
  String runtimeName() {
    return runtimeName;
  }

  boolean preparesForShapes() {
    return preparesForShapes;
  }

  boolean takesIndex() {
    return !WITHOUT_INDEX.contains(kind);
  }

  /**
   * Checks the index of a device.
   *
   * @throws IllegalArgumentException if it names one, and the provider would run on its first all
   *     the same
   */
  void checkIndex(Device device) {
    if (device.index() > 0 && !takesIndex()) {
      throw new IllegalArgumentException(
          "inference.device is "
              + device
              + ", but ONNX Runtime takes no index for "
              + kind
              + ", and would run on another device than results are stamped with. Leave the index"
              + " out.");
    }
  }

  /**
   * Checks settings by their names; ONNX Runtime passes over those that it does not know.
   *
   * @throws IllegalArgumentException if one is not known, or would give wrong results
   */
  void check(Map<String, String> settings) {
    ProviderKeys.requireOwnCache(settings);
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      ProviderKeys.requireHarmless(setting.getKey(), setting.getValue());
      if (!keys.contains(setting.getKey())) {
        throw new IllegalArgumentException(
            "The execution provider "
                + kind
                + " has no setting '"
                + setting.getKey()
                + "'. "
                + (keys.isEmpty()
                    ? "It has none at all."
                    : "It has " + String.join(", ", keys.stream().sorted().toList()) + "."));
      }
    }
  }
}
