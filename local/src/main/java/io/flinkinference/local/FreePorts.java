package io.flinkinference.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** Finds loopback ports that are free now; somebody else may take them before they are used. */
final class FreePorts {

  private FreePorts() {}

  /** Two different free ports. */
  static int[] two() throws IOException {
    // Both are held at once, or the system could give the same one twice.
    try (ServerSocket first = new ServerSocket(0, 1, loopback());
        ServerSocket second = new ServerSocket(0, 1, loopback())) {
      return new int[] {first.getLocalPort(), second.getLocalPort()};
    }
  }

  /** The address 127.0.0.1, also where the system prefers IPv6. */
  static InetAddress loopback() throws UnknownHostException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }
}
