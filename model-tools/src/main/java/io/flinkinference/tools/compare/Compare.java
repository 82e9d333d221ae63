package io.flinkinference.tools.compare;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flinkinference.tools.data.LabeledText;
import io.flinkinference.tools.progress.Bar;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures models one after the other, each in a process of its own. For one thread. */
public final class Compare {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Compare() {}

  /**
   * Measures and compares.
   *
   * @param models directories, graphs or names; at least one
   * @param minAccuracy least accuracy that is good enough, or 0
   * @param maxLatencyMillis most p99 of a text that comes alone; null for any
   * @throws CompareException if a model cannot be measured
   */
  public static Comparison run(
      List<String> models,
      List<LabeledText> rows,
      Costs costs,
      double minAccuracy,
      Double maxLatencyMillis)
      throws IOException, InterruptedException {
    List<Measurement> measurements = new ArrayList<>();
    try (Bar progress = Bar.of("comparing", models.size())) {
      for (String model : models) {
        measurements.add(measure(new Assignment(model, rows)));
        progress.step();
      }
    }
    return Comparison.of(measurements, costs, minAccuracy, maxLatencyMillis);
  }

  private static Measurement measure(Assignment assignment)
      throws IOException, InterruptedException {
    Path question = Files.createTempFile("compare", ".json");
    Path answer = Files.createTempFile("compare", ".json");
    Path log = Files.createTempFile("compare", ".log");
    try {
      JSON.writeValue(question.toFile(), assignment);
      Process process =
          new ProcessBuilder(command(question, answer))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      try {
        int code = process.waitFor();
        if (code != 0 || Files.size(answer) == 0) {
          throw new CompareException(
              "The process that measured "
                  + assignment.model()
                  + " ended with code "
                  + code
                  + ". It said: "
                  + Files.readString(log).strip());
        }
      } finally {
        process.destroyForcibly();
      }
      Worker.Outcome outcome = JSON.readValue(answer.toFile(), Worker.Outcome.class);
      if (outcome.error() != null) {
        throw new CompareException(assignment.model() + " cannot be measured: " + outcome.error());
      }
      return outcome.measurement();
    } finally {
      Files.deleteIfExists(question);
      Files.deleteIfExists(answer);
      Files.deleteIfExists(log);
    }
  }

  private static List<String> command(Path question, Path answer) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> !argument.startsWith("-javaagent") && !argument.startsWith("-agent"))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Worker.class.getName()));
    command.addAll(List.of(question.toString(), answer.toString()));
    return command;
  }
}
