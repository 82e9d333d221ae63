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
    return find(2);
  }

  /** So many different free ports. */
  static int[] find(int count) throws IOException {
    int[] ports = new int[count];
    find(ports, 0);
    return ports;
  }

  private static void find(int[] ports, int from) throws IOException {
    if (from < ports.length) {
      // All are held at once, or the system could give the same one twice.
      try (ServerSocket held = new ServerSocket(0, 1, loopback())) {
        ports[from] = held.getLocalPort();
        find(ports, from + 1);
      }
    }
  }

  /** The address 127.0.0.1, also where the system prefers IPv6. */
  static InetAddress loopback() throws UnknownHostException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }
}
