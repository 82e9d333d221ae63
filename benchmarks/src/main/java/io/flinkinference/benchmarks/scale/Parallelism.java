package io.flinkinference.benchmarks.scale;

import io.flinkinference.benchmarks.flink.BenchCluster;
import io.flinkinference.benchmarks.flink.InMemoryJob.Step;
import io.flinkinference.benchmarks.flink.Inference;
import io.flinkinference.benchmarks.measure.Contender;
import io.flinkinference.benchmarks.measure.Outcome;
import io.flinkinference.benchmarks.measure.ResidentMemory;
import io.flinkinference.benchmarks.measure.Rounds;
import io.flinkinference.benchmarks.measure.Sample;
import io.flinkinference.benchmarks.report.Plot;
import io.flinkinference.benchmarks.report.Section;
import io.flinkinference.benchmarks.report.Series;
import io.flinkinference.benchmarks.report.Series.Point;
import io.flinkinference.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.flink.configuration.Configuration;

/** One engine for all subtasks, against one each. */
final class Parallelism {

  private static final List<Integer> VALUES = List.of(1, 2, 4);
  private static final String SHARED = "one engine for all";
  private static final String OWN = "one engine a subtask";

  /** Slots that the cluster needs. */
  static final int MOST = 4;

  private final Map<String, List<Double>> memory = new LinkedHashMap<>();
  private final ScaleSetup setup;

  Parallelism(ScaleSetup setup) {
    this.setup = setup;
  }

  Section section(BenchCluster cluster) throws Exception {
    List<Contender> contenders = new ArrayList<>();
    for (int parallelism : VALUES) {
      contenders.add(
          side(
              cluster,
              SHARED,
              parallelism,
              Inference.step(setup.settings().model(), setup.model(), new Configuration())));
      contenders.add(
          side(
              cluster,
              OWN,
              parallelism,
              OwnEngines.step(setup.settings().model(), setup.model(), parallelism)));
    }
    Outcome outcome =
        Rounds.run(contenders, setup.settings().rounds(), setup.settings().progress());
    return new Section(
        "Parallelism",
        "Subtasks share one engine, or load one each on their share of the cores. Memory is what"
            + " the process held outside its heap at most during the run; the least of the rounds,"
            + " for what an earlier run leaves behind is not of this one.",
        table(outcome),
        List.of(
            plot("Records a second by parallelism", "records/s", outcome::recordsPerSecond),
            plot("Memory outside the heap by parallelism", "MiB", this::leastMemory)));
  }

  private Contender side(BenchCluster cluster, String engines, int parallelism, Step step) {
    String name = name(engines, parallelism);
    return Contender.of(
        name,
        () -> {
          try (ResidentMemory resident = new ResidentMemory()) {
            Sample sample = setup.run(cluster, parallelism, step);
            memory.computeIfAbsent(name, n -> new ArrayList<>()).add(resident.mostMebibytes());
            return sample;
          }
        });
  }

  private static String name(String engines, int parallelism) {
    return engines + ", parallelism " + parallelism;
  }

  private double leastMemory(String side) {
    return memory.get(side).stream().mapToDouble(m -> m).min().orElse(0);
  }

  private Table table(Outcome outcome) {
    List<List<Object>> rows = new ArrayList<>();
    for (String engines : List.of(SHARED, OWN)) {
      for (int parallelism : VALUES) {
        String side = name(engines, parallelism);
        rows.add(
            List.of(
                engines,
                parallelism,
                outcome.recordsPerSecond(side),
                outcome.cpuSecondsPerThousand(side),
                leastMemory(side)));
      }
    }
    return new Table(
        List.of("engines", "parallelism", "records/s", "CPU s per 1,000 records", "memory, MiB"),
        rows);
  }

  private static Plot plot(String title, String unit, ToDoubleFunction<String> figure) {
    List<Series> series = new ArrayList<>();
    for (String engines : List.of(SHARED, OWN)) {
      series.add(
          new Series(
              engines,
              VALUES.stream()
                  .map(p -> new Point("", p, figure.applyAsDouble(name(engines, p))))
                  .toList()));
    }
    return new Plot(title, Plot.Kind.LINES, "parallelism", unit, false, false, series);
  }
}
