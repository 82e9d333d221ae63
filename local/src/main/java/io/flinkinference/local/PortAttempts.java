package io.flinkinference.local;

import java.io.IOException;

/**
 * Starts servers on free ports. Between the look for a port and its use by another process somebody
 * else may take it; then others are tried.
 */
final class PortAttempts {

  private static final int MOST = 5;

  private PortAttempts() {}

  /** A start on given ports. */
  @FunctionalInterface
  interface Start<T, E extends Exception> {

    /**
     * Starts a server and waits until it is ready.
     *
     * @throws PortTakenException if one of the ports is somebody else's
     */
    T on(int[] ports) throws E, IOException, InterruptedException;
  }

  /**
   * Starts a server on so many ports.
   *
   * @throws PortTakenException if others took ports in each attempt
   */
  static <T, E extends Exception> T start(int ports, Start<T, E> start)
      throws E, IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        return start.on(FreePorts.find(ports));
      } catch (PortTakenException e) {
        if (attempt == MOST) {
          throw new PortTakenException(
              "Other programs took the ports in each of "
                  + MOST
                  + " attempts; try again when fewer are being started. "
                  + e.getMessage());
        }
      }
    }
  }
}
