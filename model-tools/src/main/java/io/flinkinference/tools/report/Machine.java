package io.flinkinference.tools.report;

import ai.onnxruntime.OrtEnvironment;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import org.apache.flink.runtime.util.EnvironmentInformation;

/**
 * Where a measurement was taken, and with what; figures mean nothing without it.
 *
 * @param cpu model of the processor, as the operating system names it
 * @param cores processors that this JVM may use
 * @param memoryBytes memory that this process may use
 * @param os name, version and architecture of the operating system
 * @param java name and version of the JVM
 * @param flink version
 * @param onnxRuntime version
 * @param date when, in UTC, to the second
 */
public record Machine(
    String cpu,
    int cores,
    long memoryBytes,
    String os,
    String java,
    String flink,
    String onnxRuntime,
    String date) {

  private static final Path CPU_FILE = Path.of("/proc/cpuinfo");

  /** Looks at this process and its machine. */
  public static Machine describe() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new Machine(
        cpuModel(),
        Runtime.getRuntime().availableProcessors(),
        system.getTotalMemorySize(),
        "%s %s %s".formatted(system.getName(), system.getVersion(), system.getArch()),
        "%s %s".formatted(System.getProperty("java.vm.name"), Runtime.version()),
        EnvironmentInformation.getVersion(),
        OrtEnvironment.getEnvironment().getVersion(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private static String cpuModel() {
    String unnamed = "unnamed " + System.getProperty("os.arch");
    if (!Files.isReadable(CPU_FILE)) {
      return unnamed;
    }
    try (Stream<String> lines = Files.lines(CPU_FILE)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(unnamed);
    } catch (IOException e) {
      return unnamed;
    }
  }
}
