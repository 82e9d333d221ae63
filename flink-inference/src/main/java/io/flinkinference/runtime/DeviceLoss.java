package io.flinkinference.runtime;

import io.flinkinference.engine.LostDeviceException;

/** Ends a process that has lost its device: in it, each restart of the job would fail alike. */
public final class DeviceLoss {

  private DeviceLoss() {}

  /**
   * Throws where the reason of a failure is a lost device, and returns where it is another. To be
   * called by a task's own thread, in Flink: that ends the process of a TaskManager for an {@link
   * InternalError}, as after a failure of the JVM, and the job goes on where another one is or
   * comes.
   *
   * @param failure with its causes
   */
  public static void endProcess(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof LostDeviceException) {
        throw new InternalError(
            "This process cannot use its device any more, and is ended for another one: "
                + cause.getMessage(),
            failure);
      }
    }
  }
}
