package io.flinkinference.engine.onnx;

import java.util.regex.Pattern;

/** Tells whether a failure is one that a device keeps for the life of the process. */
final class LostDevice {

  /**
   * The errors of which CUDA's reference ({@code cudaError_t}) says that the process must be
   * terminated and started anew, as ONNX Runtime words them: "CUDA failure 700: an illegal memory
   * access was encountered". They are: contained error, illegal address, launch timeout, assertion,
   * hardware stack, illegal instruction, misaligned address, invalid address space, invalid program
   * counter, launch failure, leak of tensor memory. And the uncorrectable ECC error (214), of which
   * the reference says nothing, but the driver's guide to its errors (Xid) the same.
   */
  private static final Pattern CUDA_ERROR_OF_THE_PROCESS =
      Pattern.compile("CUDA failure (214|226|700|702|710|71[4-9]|721)\\b");

  private LostDevice() {}

  /**
   * @param message of the runtime; may be null
   */
  static boolean isToldBy(String message) {
    return message != null && CUDA_ERROR_OF_THE_PROCESS.matcher(message).find();
  }
}
