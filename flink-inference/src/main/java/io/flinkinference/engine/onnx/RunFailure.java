package io.flinkinference.engine.onnx;

import ai.onnxruntime.OrtException;
import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.EngineException;
import io.flinkinference.engine.EngineMemoryException;
import io.flinkinference.engine.LostDeviceException;
import io.flinkinference.engine.RunTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Says why a run failed, in the classes that callers tell apart. */
final class RunFailure {

  /**
   * What ONNX Runtime and the libraries below it say when memory is short, in lower case. The error
   * code does not tell: it is ORT_FAIL or ORT_RUNTIME_EXCEPTION, as for most failures.
   */
  private static final List<String> SHORT_OF_MEMORY =
      List.of(
          // The arena of the CPU and of CUDA: its system, its own limit.
          "failed to allocate memory for requested buffer",
          "is smaller than requested bytes",
          "bad_alloc",
          "bad allocation",
          // "CUDA failure 2: out of memory", "CUDA out of memory", "hipErrorOutOfMemory".
          "out of memory",
          "outofmemory",
          "cudaerrormemoryallocation",
          "cublas_status_alloc_failed",
          "cudnn_status_alloc_failed",
          "cudnn_status_internal_error_device_allocation_failed",
          "cusparse_status_alloc_failed",
          "cufft_alloc_failed");

  private RunFailure() {}

  /**
   * @param reason why the run was ended early; null where it was not
   * @param limit how long it could have taken
   */
  static EngineException of(
      TokenBatch batch, RunHandle.Reason reason, Duration limit, OrtException cause) {
    if (reason == RunHandle.Reason.CLOSED) {
      return new EngineException("The engine was closed during the run of " + batch + ".", cause);
    }
    if (LostDevice.isToldBy(cause.getMessage())) {
      return new LostDeviceException(
          "The run of " + batch + " lost the device: " + cause.getMessage(), cause);
    }
    if (reason == RunHandle.Reason.TIME_LIMIT) {
      return new RunTimeoutException(
          "The run of "
              + batch
              + " was ended after "
              + limit.toMillis()
              + " ms. A run may take a third of inference.engine.time-limit: raise that, or lower "
              // Of one text the budget says nothing.
              + (batch.rows() == 1 ? "inference.text.max-tokens" : "inference.batch.token-budget")
              + ", if healthy runs take as long.",
          cause);
    }
    if (isShortOfMemory(cause.getMessage())) {
      return new EngineMemoryException(
          "The run of " + batch + " needs more memory than there is: " + cause.getMessage(), cause);
    }
    return new EngineException("The run of " + batch + " failed: " + cause.getMessage(), cause);
  }

  private static boolean isShortOfMemory(String message) {
    if (message == null) {
      return false;
    }
    String lower = message.toLowerCase(Locale.ROOT);
    return SHORT_OF_MEMORY.stream().anyMatch(lower::contains);
  }
}
