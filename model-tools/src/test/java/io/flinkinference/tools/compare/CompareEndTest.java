package io.flinkinference.tools.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.tools.TestingProcess;
import io.flinkinference.tools.data.LabeledText;
import io.flinkinference.tools.graph.Families;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompareEndTest {

  @TempDir private Path temporary;

  @Test
  void processAndTextsAreGoneWhereTheComparisonIsToldToEnd() throws Exception {
    try (TestingProcess comparison = TestingProcess.start(Comparing.class, temporary)) {
      ProcessHandle worker = ProcessHandle.of(Long.parseLong(comparison.firstLine())).orElseThrow();
      assertThat(leftovers()).isNotEmpty();

      comparison.end();

      assertThat(worker.isAlive()).isFalse();
      assertThat(leftovers()).isEmpty();
    }
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
