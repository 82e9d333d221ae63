package io.flinkinference.reliability.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Memory of this process, in kB. Linux only.
 *
 * @param resident {@code VmRSS} of {@code /proc/self/status}
 * @param heapResident what of that is pages of the Java heap, which were written to at least once
 * @param heapUsed live objects, and after {@link #settled} nothing else
 */
public record ProcessMemory(long resident, long heapResident, long heapUsed) {

  private static final int COLLECTIONS = 3;
  private static final long KILO = 1024;

  /** Reads it as it is. */
  public static ProcessMemory now() {
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / KILO;
    return new ProcessMemory(status("VmRSS:"), Mappings.heapResident(), heap);
  }

  /** Collects garbage, and reads it then. */
  public static ProcessMemory settled() {
    for (int i = 0; i < COLLECTIONS; i++) {
      ManagementFactory.getMemoryMXBean().gc();
    }
    return now();
  }

  /** Resident memory that is no Java heap: native libraries, the model, code, stacks. */
  public long outsideHeap() {
    return resident - heapResident;
  }

  static List<String> lines(String file) {
    try {
      return Files.readAllLines(Path.of("/proc/self", file));
    } catch (IOException e) {
      throw new UncheckedIOException("Memory is read from /proc, on Linux only.", e);
    }
  }

  private static long status(String name) {
    for (String line : lines("status")) {
      if (line.startsWith(name)) {
        return kilobytes(line);
      }
    }
    throw new IllegalStateException("/proc/self/status has no " + name);
  }

  /** The number in a line as {@code VmRSS: 1234 kB}. */
  static long kilobytes(String line) {
    String number = line.substring(line.indexOf(':') + 1).strip();
    return Long.parseLong(number.substring(0, number.indexOf(' ')));
  }
}
