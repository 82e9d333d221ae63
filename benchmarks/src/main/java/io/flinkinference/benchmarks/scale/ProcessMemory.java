package io.flinkinference.benchmarks.scale;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Memory of a job in a process of its own: what an earlier job of this process left behind would
 * count otherwise.
 */
final class ProcessMemory {

  private static final int HEAP_MEBIBYTES = 512;

  private ProcessMemory() {}

  /**
   * The most that a job's process held beside its heap.
   *
   * @param texts how many the job scores
   * @param file of the texts; else they are drawn from the Europarl corpus
   * @return MiB; 0 on systems that do not tell
   */
  static double mebibytes(
      String model, Engines engines, int parallelism, int texts, Optional<Path> file)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    // All pages of the heap are there from the start, so the rest can be told.
    command.addAll(List.of("-Xms" + HEAP_MEBIBYTES + "m", "-Xmx" + HEAP_MEBIBYTES + "m"));
    command.addAll(List.of("-XX:+AlwaysPreTouch", MemoryMain.class.getName(), model));
    command.addAll(List.of(engines.name(), Integer.toString(parallelism), Integer.toString(texts)));
    file.ifPresent(path -> command.add(path.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.INHERIT);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    Process process = builder.start();
    try {
      String printed =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      int code = process.waitFor();
      if (code != 0) {
        throw new IllegalStateException(
            "The process for %s at parallelism %d ended with code %d."
                .formatted(engines, parallelism, code));
      }
      return Math.max(0, Long.parseLong(printed) / 1_024.0 - HEAP_MEBIBYTES);
    } finally {
      process.destroyForcibly();
    }
  }
}
