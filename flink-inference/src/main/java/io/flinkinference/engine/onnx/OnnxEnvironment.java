package io.flinkinference.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import io.flinkinference.engine.EngineException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The one environment of ONNX Runtime in this process.
 *
 * <p>ONNX Runtime 1.29 matches a regular expression over the command line of the process when the
 * environment is made, and its depth of recursion grows with the length: 20,000 characters, as of a
 * long class path, overflow the stack of an ordinary Java thread and end the process without a
 * word. So it is made on a thread of its own, with a stack that is deep enough for the longest
 * command line that Linux admits. Memory of the stack that is not touched costs nothing.
 */
final class OnnxEnvironment {

  private static final long STACK_BYTES = 512L << 20;

  private OnnxEnvironment() {}

  /** The environment; never to be closed. */
  static OrtEnvironment get() {
    return Holder.ENVIRONMENT;
  }

  private static OrtEnvironment make() {
    FutureTask<OrtEnvironment> making = new FutureTask<>(OrtEnvironment::getEnvironment);
    Thread thread = new Thread(null, making, "onnx-environment", STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return making.get();
        } catch (InterruptedException e) {
          interrupted = true; // It is a matter of milliseconds, and the result is for all.
        }
      }
    } catch (ExecutionException e) {
      throw new EngineException(
          "ONNX Runtime does not start on this machine: " + e.getCause(), e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static final class Holder {
    static final OrtEnvironment ENVIRONMENT = make();
  }
}
