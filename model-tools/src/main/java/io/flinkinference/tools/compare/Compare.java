package io.flinkinference.tools.compare;

import io.flinkinference.tools.data.LabeledText;
import io.flinkinference.tools.progress.Bar;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Measures models one after the other, each in a process of its own. For one thread. */
public final class Compare {

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
    try (Bar progress = Bar.of("comparing", models.size() * Worker.texts(rows.size()))) {
      for (String model : models) {
        measurements.add(measure(new Assignment(model, rows), progress::step));
      }
    }
    return Comparison.of(measurements, costs, minAccuracy, maxLatencyMillis);
  }

  private static Measurement measure(Assignment assignment, Runnable done)
      throws IOException, InterruptedException {
    try (WorkerProcess worker = new WorkerProcess()) {
      Worker.Outcome outcome = worker.ask(assignment, done);
      if (outcome.error() != null) {
        throw new CompareException(assignment.model() + " cannot be measured: " + outcome.error());
      }
      return outcome.measurement();
    }
  }
}
