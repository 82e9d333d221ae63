package io.flinkinference.engine.onnx;

import ai.onnxruntime.OrtException;
import io.flinkinference.engine.Device;
import io.flinkinference.engine.EngineException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what is missing where an execution provider cannot be used, and what to do. */
final class MissingProvider {

  /** How the loader of Linux says which library is not there. */
  private static final Pattern LIBRARY =
      Pattern.compile("with error: ([^:\\s]+): cannot open shared object file");

  private static final String GPU_ARTIFACT =
      "com.microsoft.onnxruntime:onnxruntime_gpu in place of com.microsoft.onnxruntime:onnxruntime"
          + " (this project's Maven profile gpu)";

  private MissingProvider() {}

  static EngineException explain(Device device, OrtException cause) {
    String message = String.valueOf(cause.getMessage());
    return new EngineException(
        "The device " + device + " cannot be used: " + advice(device, message), cause);
  }

  private static String advice(Device device, String message) {
    Matcher library = LIBRARY.matcher(message);
    if (library.find()) {
      return "the library "
          + library.group(1)
          + " is missing. "
          + needs(device)
          + " Where they are installed, LD_LIBRARY_PATH has to name their directory.";
    }
    if (message.contains("Failed to find")
        || message.contains("not supported in this build")
        || message.contains("not compiled with")) {
      return "this build of ONNX Runtime has no execution provider "
          + device.kind()
          + ". "
          + (onGpu(device)
              ? "Take " + GPU_ARTIFACT + "."
              : "Take one that has it, in place of com.microsoft.onnxruntime:onnxruntime.");
    }
    return message.strip();
  }

  private static String needs(Device device) {
    return device.kind().equals(KnownProvider.TENSORRT.kind())
        ? "TensorRT 10, CUDA 12 and cuDNN 9 are needed on the TaskManager."
        : "CUDA 12 and cuDNN 9 are needed on the TaskManager.";
  }

  private static boolean onGpu(Device device) {
    return device.kind().equals(KnownProvider.CUDA.kind())
        || device.kind().equals(KnownProvider.TENSORRT.kind());
  }
}
