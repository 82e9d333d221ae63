package io.flinkinference.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtEpDevice;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.flinkinference.engine.Device;
import io.flinkinference.engine.EngineException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An execution provider from a library of its own, found by its name. What its settings mean, and
 * whether it knows them, is its own business.
 */
final class PluginProvider {

  /** Path of the library that holds the provider. */
  static final String LIBRARY = "library";

  private static final String SUFFIX = "executionprovider";

  /** Guarded by the class. A library that has no device here is not to be registered again. */
  private static final Set<String> REGISTERED = new HashSet<>();

  private PluginProvider() {}

  /**
   * Adds a provider to a session.
   *
   * @return its name in ONNX Runtime
   * @throws EngineException if none has that name, or it has no device of that index
   */
  static String add(SessionOptions session, ProviderRequest request) throws OrtException {
    Device device = request.device();
    String library = request.settings().get(LIBRARY);
    OrtEnvironment environment = LastingEnvironment.get();
    if (library != null) {
      register(environment, device.kind(), library);
    }
    List<OrtEpDevice> found = devices(environment, device.kind());
    if (device.index() >= found.size()) {
      throw new EngineException(
          "ONNX Runtime has "
              + (found.isEmpty() ? "no" : found.size() + " devices of the")
              + " execution provider "
              + device.kind()
              + " for "
              + device
              + "; "
              + advice());
    }
    OrtEpDevice chosen = found.get(device.index());
    Map<String, String> settings = new TreeMap<>(request.settings());
    settings.remove(LIBRARY);
    session.addExecutionProvider(List.of(chosen), settings);
    return chosen.getEpName();
  }

  /** One after the other: two engines may be opened at once, and ONNX Runtime takes a name once. */
  private static synchronized void register(OrtEnvironment environment, String kind, String library)
      throws OrtException {
    if (!REGISTERED.contains(kind) && devices(environment, kind).isEmpty()) {
      environment.registerExecutionProviderLibrary(kind, library);
      REGISTERED.add(kind);
    }
  }

  static String advice() {
    return "known are "
        + Arrays.stream(KnownProvider.values())
            .map(KnownProvider::kind)
            .collect(Collectors.joining(", "))
        + ". For another, set '"
        + LIBRARY
        + "' in inference.device.options to the path of its library.";
  }

  private static List<OrtEpDevice> devices(OrtEnvironment environment, String kind)
      throws OrtException {
    return environment.getEpDevices().stream()
        .filter(device -> isNamed(device.getEpName(), kind))
        .toList();
  }

  static boolean isNamed(String providerName, String kind) {
    String name = providerName.toLowerCase(Locale.ROOT);
    return name.equals(kind) || name.equals(kind + SUFFIX);
  }
}
