package io.flinkinference.benchmarks.scale;

import io.flinkinference.benchmarks.bare.Tokenized;
import io.flinkinference.benchmarks.flink.BenchCluster;
import io.flinkinference.benchmarks.flink.InMemoryJob;
import io.flinkinference.benchmarks.workload.Workloads;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelRepositories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs one job and prints the most memory that its process held resident, in KiB; 0 on systems that
 * do not tell. {@link ProcessMemory} starts it.
 */
final class MemoryMain {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Pattern MOST = Pattern.compile("(?m)^VmHWM:\\s+(\\d+) kB$");

  private MemoryMain() {}

  /** Takes the model, who has an engine, the parallelism, the number of texts and their file. */
  public static void main(String[] arguments) throws Exception {
    String id = arguments[0];
    Engines engines = Engines.valueOf(arguments[1]);
    int parallelism = Integer.parseInt(arguments[2]);
    Model model = ModelRepositories.standard().resolve(id);
    Optional<Path> file =
        arguments.length > 4 ? Optional.of(Path.of(arguments[4])) : Optional.empty();
    Tokenized texts = Tokenized.of(Workloads.of(file, Integer.parseInt(arguments[3])), model);
    try (BenchCluster cluster = BenchCluster.start(parallelism)) {
      InMemoryJob.run(
          cluster,
          texts.workload().texts(),
          texts.lengths(),
          parallelism,
          engines.step(id, model, parallelism));
    }
    System.out.println(mostKibibytes());
  }

  private static long mostKibibytes() throws IOException {
    if (!Files.isReadable(STATUS)) {
      return 0;
    }
    Matcher most = MOST.matcher(Files.readString(STATUS));
    return most.find() ? Long.parseLong(most.group(1)) : 0;
  }
}
