package io.flinkinference.benchmarks.operator;

import io.flinkinference.benchmarks.bare.Tokenized;
import io.flinkinference.benchmarks.flink.BenchCluster;
import io.flinkinference.benchmarks.flink.InMemoryJob;
import io.flinkinference.benchmarks.flink.InMemoryJob.Step;
import io.flinkinference.benchmarks.measure.Benchmark;
import io.flinkinference.benchmarks.measure.BenchmarkSettings;
import io.flinkinference.benchmarks.measure.Contender;
import io.flinkinference.benchmarks.measure.Outcome;
import io.flinkinference.benchmarks.measure.Rounds;
import io.flinkinference.benchmarks.measure.Sample;
import io.flinkinference.benchmarks.workload.Workloads;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelRepositories;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.measure.Median;
import io.flinkinference.tools.report.Plot;
import io.flinkinference.tools.report.Report;
import io.flinkinference.tools.report.Section;
import io.flinkinference.tools.report.Series;
import io.flinkinference.tools.report.Series.Point;
import io.flinkinference.tools.report.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What the operator costs a record when the engine takes no time. */
public final class OperatorBenchmark implements Benchmark {

  private static final int RECORDS = 2_000_000;
  private static final int RECORDS_QUICK = 200_000;
  private static final int TEXTS = 8_000;

  private static final String MAP = "map";
  private static final String UNORDERED = "inference, unordered";
  private static final String ORDERED = "inference, ordered";

  @Override
  public String name() {
    return "operator";
  }

  @Override
  public String description() {
    return "what the operator costs a record without an engine, beside map and async I/O";
  }

  @Override
  public Report run(BenchmarkSettings settings) throws Exception {
    int records = settings.quick() ? RECORDS_QUICK : RECORDS;
    List<String> texts = IntStream.range(0, records).mapToObj(Integer::toString).toList();
    Map<String, Step> steps = new LinkedHashMap<>();
    steps.put(MAP, Steps.map());
    Tokenized lengths = lengths(settings);
    int[] tokens = lengths.encodings().stream().mapToInt(Encoding::length).toArray();
    steps.put(UNORDERED, Steps.inference(false, tokens));
    steps.put(ORDERED, Steps.inference(true, tokens));
    steps.put("async I/O, unordered", Steps.async(false));
    steps.put("async I/O, ordered", Steps.async(true));
    try (BenchCluster cluster = BenchCluster.start(1)) {
      List<Contender> contenders = new ArrayList<>();
      steps.forEach(
          (name, step) ->
              contenders.add(
                  Contender.of(name, () -> InMemoryJob.run(cluster, texts, text -> 1, 1, step))));
      settings.progress().accept("  once for the compilers, which does not count:");
      Rounds.run(contenders, 1, settings.progress());
      Outcome outcome = Rounds.run(contenders, settings.rounds(), settings.progress());
      return new Report(
          name(),
          "What the operator itself costs a record",
          figures(outcome),
          List.of(section(outcome, records, lengths.description()), Parts.measure(settings)));
    }
  }

  /** Texts whose lengths count, for what the operator does goes by them. */
  private static Tokenized lengths(BenchmarkSettings settings) throws IOException {
    Model model = ModelRepositories.standard().resolve(settings.model());
    return Tokenized.of(Workloads.of(settings, TEXTS), model);
  }

  /** Microseconds of a record. */
  private static double micros(Outcome outcome, String side) {
    return 1e6 / outcome.recordsPerSecond(side);
  }

  /** Microseconds that a record takes longer than on the other side, by rounds. */
  private static double extraMicros(Outcome outcome, String side, String than) {
    List<Sample> mine = outcome.samples(side);
    List<Sample> theirs = outcome.samples(than);
    return Median.of(
        IntStream.range(0, mine.size()).boxed().toList(),
        i -> 1e6 / mine.get(i).recordsPerSecond() - 1e6 / theirs.get(i).recordsPerSecond());
  }

  /** Microseconds of the processor, of all threads. */
  private static double extraCpuMicros(Outcome outcome, String side) {
    return 1e3 * (outcome.cpuSecondsPerThousand(side) - outcome.cpuSecondsPerThousand(MAP));
  }

  private static Map<String, Object> figures(Outcome outcome) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("microsOverMapUnordered", extraMicros(outcome, UNORDERED, MAP));
    figures.put("microsOverMapOrdered", extraMicros(outcome, ORDERED, MAP));
    figures.put("targetMicrosOverMap", 1.0);
    figures.put("cpuMicrosOverMapUnordered", extraCpuMicros(outcome, UNORDERED));
    figures.put("cpuMicrosOverMapOrdered", extraCpuMicros(outcome, ORDERED));
    return figures;
  }

  private static Section section(Outcome outcome, int records, String lengths) {
    List<List<Object>> rows = new ArrayList<>();
    List<Point> bars = new ArrayList<>();
    for (String side : outcome.names()) {
      rows.add(
          List.of(
              side,
              micros(outcome, side),
              extraMicros(outcome, side, MAP),
              1e3 * outcome.cpuSecondsPerThousand(side)));
      bars.add(new Point(side, 0, micros(outcome, side)));
    }
    return new Section(
        "Microseconds of a record",
        ("%,d records of a few bytes go from a source in memory through one step to a sink that"
                + " counts, all in one task. Tokenizer, engine and decoder of the inference do nothing"
                + " but to say how many tokens each text has, those of %s in turn, so that"
                + " batches are chosen as always; nothing is done by the client of the async I/O, a pool"
                + " of threads. Both have room for 1,024 records. The processor's time"
                + " has that of all threads in it: of those that would run the engine, too.")
            .formatted(records, lengths),
        new Table(List.of("step", "µs a record", "µs more than a map", "CPU µs a record"), rows),
        List.of(
            new Plot(
                "Microseconds of a record",
                Plot.Kind.BARS,
                "",
                "µs",
                false,
                false,
                List.of(new Series("µs a record", bars)))));
  }
}
