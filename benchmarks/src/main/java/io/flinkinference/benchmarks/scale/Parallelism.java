package io.flinkinference.benchmarks.scale;

import io.flinkinference.benchmarks.flink.BenchCluster;
import io.flinkinference.benchmarks.flink.InMemoryJob.Step;
import io.flinkinference.benchmarks.measure.Contender;
import io.flinkinference.benchmarks.measure.Outcome;
import io.flinkinference.benchmarks.measure.Rounds;
import io.flinkinference.tools.report.Plot;
import io.flinkinference.tools.report.Section;
import io.flinkinference.tools.report.Series;
import io.flinkinference.tools.report.Series.Point;
import io.flinkinference.tools.report.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * One engine for all subtasks, against one each.
 *
 * @param setup what all curves have in common
 * @param values of the parallelism, ascending
 */
record Parallelism(ScaleSetup setup, List<Integer> values) {

  private static final List<Engines> SIDES = List.of(Engines.SHARED, Engines.OWN);

  /** Enough for the memory that grows with the largest batch. */
  private static final int TEXTS_FOR_MEMORY = 500;

  private static final int TEXTS_FOR_MEMORY_QUICK = 50;

  Section section(BenchCluster cluster) throws Exception {
    List<Contender> contenders = new ArrayList<>();
    for (Engines engines : SIDES) {
      for (int parallelism : values) {
        Step step = engines.step(setup.settings().model(), setup.model(), parallelism);
        contenders.add(
            Contender.of(name(engines, parallelism), () -> setup.run(cluster, parallelism, step)));
      }
    }
    Outcome outcome =
        Rounds.run(contenders, setup.settings().rounds(), setup.settings().progress());
    Map<String, Double> memory = memory();
    return new Section(
        "Parallelism",
        "Subtasks share one engine, or load one each on their share of the cores. Memory is the"
            + " most that a process held beside its heap which did nothing but run that job; %.0f"
                .formatted(memory.get(name(Engines.NONE, 1)))
            + " MiB of it are there without any engine.",
        table(outcome, memory),
        List.of(
            plot("Records a second by parallelism", "records/s", outcome::recordsPerSecond),
            plot("Memory beside the heap by parallelism", "MiB", memory::get)));
  }

  private Map<String, Double> memory() throws IOException, InterruptedException {
    Map<String, Double> memory = new LinkedHashMap<>();
    measureMemory(Engines.NONE, 1, memory);
    for (Engines engines : SIDES) {
      for (int parallelism : values) {
        measureMemory(engines, parallelism, memory);
      }
    }
    return memory;
  }

  private void measureMemory(Engines engines, int parallelism, Map<String, Double> memory)
      throws IOException, InterruptedException {
    int texts = setup.settings().quick() ? TEXTS_FOR_MEMORY_QUICK : TEXTS_FOR_MEMORY;
    String side = name(engines, parallelism);
    double mebibytes =
        ProcessMemory.mebibytes(
            setup.settings().model(), engines, parallelism, texts, setup.settings().texts());
    memory.put(side, mebibytes);
    setup.settings().progress().accept("  memory: %s %,.0f MiB".formatted(side, mebibytes));
  }

  private static String name(Engines engines, int parallelism) {
    return engines + ", parallelism " + parallelism;
  }

  private Table table(Outcome outcome, Map<String, Double> memory) {
    List<List<Object>> rows = new ArrayList<>();
    for (Engines engines : SIDES) {
      for (int parallelism : values) {
        String side = name(engines, parallelism);
        rows.add(
            List.of(
                engines.toString(),
                parallelism,
                outcome.recordsPerSecond(side),
                outcome.cpuSecondsPerThousand(side),
                memory.get(side)));
      }
    }
    return new Table(
        List.of("engines", "parallelism", "records/s", "CPU s per 1,000 records", "memory, MiB"),
        rows);
  }

  private Plot plot(String title, String unit, ToDoubleFunction<String> figure) {
    List<Series> series =
        SIDES.stream()
            .map(
                engines ->
                    new Series(
                        engines.toString(),
                        values.stream()
                            .map(p -> new Point("", p, figure.applyAsDouble(name(engines, p))))
                            .toList()))
            .toList();
    return new Plot(title, Plot.Kind.LINES, "parallelism", unit, false, false, series);
  }
}
