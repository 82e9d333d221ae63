package io.flinkinference.tools.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.tools.data.LabeledText;
import io.flinkinference.tools.graph.Families;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompareEndTest {

  private static final long LIMIT_SECONDS = 60;

  @TempDir private Path temporary;

  @Test
  void processAndTextsAreGoneWhereTheComparisonIsToldToEnd() throws Exception {
    Path log = temporary.resolve("errors.txt");
    Process comparison =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                Comparing.class.getName())
            .redirectError(log.toFile())
            .start();
    try {
      ProcessHandle worker = worker(comparison, log);
      assertThat(leftovers()).isNotEmpty();

      comparison.destroy();

      assertThat(comparison.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
          .as("it ends; it said: %s", Files.readString(log))
          .isTrue();
      assertThat(worker.isAlive()).isFalse();
      assertThat(leftovers()).isEmpty();
    } finally {
      comparison.descendants().forEach(ProcessHandle::destroyForcibly);
      comparison.destroyForcibly();
    }
  }

  /** The process that measures, which the comparison tells of. */
  private static ProcessHandle worker(Process comparison, Path log) throws Exception {
    FutureTask<String> line = new FutureTask<>(() -> comparison.inputReader().readLine());
    Thread reader = new Thread(line, "reader");
    reader.setDaemon(true);
    reader.start();
    String said;
    try {
      said = line.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("It measures nothing; it said: " + Files.readString(log), e);
    }
    assertThat(said).as("its worker; it said: %s", Files.readString(log)).isNotNull();
    return ProcessHandle.of(Long.parseLong(said)).orElseThrow();
  }

  private List<Path> leftovers() throws Exception {
    try (Stream<Path> files = Files.list(temporary)) {
      return files.filter(file -> file.getFileName().toString().startsWith("compare")).toList();
    }
  }

  /** A program that compares for long, and says which process measures. */
  static final class Comparing {

    private Comparing() {}

    public static void main(String[] args) throws Exception {
      Thread teller = new Thread(Comparing::tellWorker);
      // Where no worker comes, the process ends all the same.
      teller.setDaemon(true);
      teller.start();
      List<LabeledText> rows =
          LongStream.range(1, 100_000)
              .mapToObj(line -> new LabeledText(line, "text " + line, List.of("label 0")))
              .toList();
      String model = Families.of("bert", "single-label").toString();
      Compare.run(List.of(model), rows, new Costs(10, 0.04), 0, null);
    }

    private static void tellWorker() {
      Optional<ProcessHandle> worker = Optional.empty();
      while (worker.isEmpty()) {
        Thread.onSpinWait();
        worker = ProcessHandle.current().children().findAny();
      }
      System.out.println(worker.get().pid());
    }
  }
}
