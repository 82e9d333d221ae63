package io.flinkinference.engine.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.flinkinference.engine.Device;
import io.flinkinference.engine.EngineException;
import java.util.Map;

/** Chooses the execution provider of a session by the kind of its device. */
public final class ExecutionProviders {

  private ExecutionProviders() {}

  /**
   * Checks the settings of a provider, as far as they are known. Loads no native code.
   *
   * @throws IllegalArgumentException if one is not known, or would give wrong results, or if the
   *     provider itself is not known and no library is told, or takes no index
   */
  public static void check(Device device, Map<String, String> settings) {
    KnownProvider known = KnownProvider.of(device.kind());
    if (known != null) {
      known.check(settings);
      known.checkIndex(device);
    } else if (!settings.containsKey(PluginProvider.LIBRARY)) {
      throw new IllegalArgumentException(
          "inference.device is " + device.kind() + ", but " + PluginProvider.advice());
    }
  }

  /** The device that a model would run on: some providers run on their first, whatever is asked. */
  public static Device asRun(Device device) {
    KnownProvider known = KnownProvider.of(device.kind());
    return known != null && !known.takesIndex() ? new Device(device.kind(), 0) : device;
  }

  /** Whether a device prepares something for each shape of a batch, so that few are better. */
  public static boolean preparesForShapes(Device device) {
    KnownProvider known = KnownProvider.of(device.kind());
    return known != null && known.preparesForShapes();
  }

  /**
   * Adds the provider to a session.
   *
   * @return its name in ONNX Runtime
   * @throws EngineException if it cannot be loaded; the message says what is missing
   */
  static String add(SessionOptions session, ProviderRequest request) {
    KnownProvider known = KnownProvider.of(request.device().kind());
    try {
      if (known == null) {
        return PluginProvider.add(session, request);
      }
      known.add(session, request);
      return known.runtimeName();
    } catch (OrtException e) {
      throw MissingProvider.explain(request.device(), e);
    }
  }
}
