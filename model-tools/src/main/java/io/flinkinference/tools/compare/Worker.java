package io.flinkinference.tools.compare;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flinkinference.Tasks;
import io.flinkinference.TextScorer;
import io.flinkinference.model.GraphChoice;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelInspector;
import io.flinkinference.model.ModelRepositories;
import io.flinkinference.result.Classification;
import io.flinkinference.tools.data.BadRow;
import io.flinkinference.tools.data.LabeledText;
import io.flinkinference.tools.evaluate.Answers;
import io.flinkinference.tools.evaluate.Evaluation;
import io.flinkinference.tools.evaluate.Evaluator;
import io.flinkinference.tools.evaluate.ModelEvaluation;
import io.flinkinference.tools.texts.Spread;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.apache.flink.configuration.Configuration;

/** The process that measures one model, so that memory and processor time are its own. */
final class Worker {

  private static final int WARM_UP = 50;
  private static final int ALONE = 500;
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final ObjectMapper JSON = new ObjectMapper();

  private Worker() {}

  /**
   * Reads an assignment from one file, and writes the measurement or what is wrong to another. A
   * third one gets a byte for each text, so that who waits sees how far it is.
   */
  public static void main(String[] files) throws IOException {
    Outcome outcome;
    try (OutputStream told = Files.newOutputStream(Path.of(files[2]))) {
      Assignment assignment = JSON.readValue(Path.of(files[0]).toFile(), Assignment.class);
      outcome = new Outcome(measure(assignment, () -> tell(told)), null);
    } catch (RuntimeException e) {
      outcome = new Outcome(null, e.getMessage() == null ? e.toString() : e.getMessage());
    }
    JSON.writeValue(Path.of(files[1]).toFile(), outcome);
    // Threads of libraries do not keep the process.
    System.exit(0);
  }

  private static void tell(OutputStream told) {
    try {
      told.write(0);
    } catch (IOException e) {
      throw new UncheckedIOException("It cannot be told how far it is: " + e.getMessage(), e);
    }
  }

  /**
   * What the file of the answer holds.
   *
   * @param measurement or null
   * @param error or null
   */
  record Outcome(Measurement measurement, String error) {}

  /** Number of texts that are run where there are so many rows. */
  static long texts(int rows) {
    return alone(rows) + (long) rows;
  }

  private static int alone(int rows) {
    return WARM_UP + Math.min(ALONE, rows);
  }

  /**
   * Measures.
   *
   * @param done called with each text that is run
   */
  static Measurement measure(Assignment assignment, Runnable done) throws IOException {
    String id = assignment.model();
    Model model = ModelRepositories.standard().resolve(id);
    List<LabeledText> rows = assignment.rows();
    try (TextScorer<Classification> scorer =
        TextScorer.open(id, Tasks.textClassification(), new Configuration())) {
      Histogram alone = alone(scorer, rows, done);
      Throughput throughput =
          Throughput.measure(
              told -> ModelEvaluation.score(id, model.config(), scorer, rows, told), done);
      Answers answers = throughput.answers();
      int scored = answers.predictions().size();
      if (scored == 0) {
        BadRow first = answers.bad().get(0);
        throw new CompareException(
            "It scored no row, such as line %d: %s Its labels are %s."
                .formatted(first.line(), first.why(), answers.labels()));
      }
      List<LabeledText> unscored = unscored(answers, rows);
      Evaluation evaluation =
          Evaluator.evaluate(
              answers.labels(), answers.predictions(), unscored, answers.multiLabel());
      // Before the size, whose reading takes memory of its own.
      long memory = peakMemory();
      return new Measurement(
          id,
          evaluation.rows(),
          unscored.size(),
          evaluation.accuracy(),
          evaluation.accuracyLow(),
          evaluation.accuracyHigh(),
          evaluation.macroF1(),
          scored / throughput.seconds(),
          alone.getValueAtPercentile(50) / 1e6,
          alone.getValueAtPercentile(99) / 1e6,
          size(id, model),
          memory,
          throughput.cpuSeconds() / scored * 1_000);
    }
  }

  private static List<LabeledText> unscored(Answers answers, List<LabeledText> rows) {
    Set<Long> scored =
        answers.predictions().stream()
            .map(prediction -> prediction.row().line())
            .collect(Collectors.toSet());
    return rows.stream().filter(row -> !scored.contains(row.line())).toList();
  }

  /** Times of texts of which the next comes when the one before is done. */
  private static Histogram alone(
      TextScorer<Classification> scorer, List<LabeledText> rows, Runnable done) {
    Histogram times = new Histogram(3);
    List<LabeledText> some = Spread.of(rows, ALONE);
    for (int i = 0; i < alone(rows.size()); i++) {
      LabeledText row = some.get(i % some.size());
      long start = System.nanoTime();
      scorer.score(List.of(row).iterator(), LabeledText::text, outcome -> {});
      if (i >= WARM_UP) {
        times.recordValue(System.nanoTime() - start);
      }
      done.run();
    }
    return times;
  }

  private static long size(String id, Model model) throws IOException {
    return ModelInspector.inspect(id, GraphChoice.AUTO).bytes() + Files.size(model.tokenizerFile());
  }

  private static long peakMemory() throws IOException {
    if (!Files.isReadable(STATUS)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
          .findFirst()
          .orElse(0);
    }
  }
}
