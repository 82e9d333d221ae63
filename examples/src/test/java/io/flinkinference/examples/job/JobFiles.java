package io.flinkinference.examples.job;

import io.flinkinference.examples.file.FileException;
import io.flinkinference.examples.file.Placeholders;
import java.util.List;
import java.util.Map;

/** Files of jobs for tests. */
final class JobFiles {

  /** All that is required, and no more. */
  static final String SMALLEST =
      """
      name: reviews
      kafka:
        bootstrap-servers: 127.0.0.1:9092
      source:
        topics: [reviews]
      model: all-minilm-l6-v2
      task:
        type: embedding
      output:
        topic: scored
      dead-letters:
        topic: dead-letters
      delivery:
        guarantee: exactly-once
      """;

  private JobFiles() {}

  static JobSettings read(String text) {
    return JobFile.read("job.yaml", text, new Placeholders(Map.of("PASSWORD", "hunter2")::get));
  }

  /** What is wrong in a file, each with its line. */
  static List<String> problems(String text) {
    try {
      read(text);
      return List.of();
    } catch (FileException e) {
      return e.problems().stream().map(p -> p.line() + ": " + p.message()).toList();
    }
  }
}
