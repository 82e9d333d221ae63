package io.flinkinference.benchmarks.texts;

import io.flinkinference.benchmarks.Benchmark;
import io.flinkinference.benchmarks.BenchmarkSettings;
import io.flinkinference.benchmarks.bare.Limit;
import io.flinkinference.benchmarks.bare.Tokenized;
import io.flinkinference.benchmarks.flink.BenchCluster;
import io.flinkinference.benchmarks.flink.InMemoryJob;
import io.flinkinference.benchmarks.flink.Inference;
import io.flinkinference.benchmarks.measure.Contender;
import io.flinkinference.benchmarks.measure.Outcome;
import io.flinkinference.benchmarks.measure.Rounds;
import io.flinkinference.benchmarks.report.Plot;
import io.flinkinference.benchmarks.report.Report;
import io.flinkinference.benchmarks.report.Section;
import io.flinkinference.benchmarks.report.Series;
import io.flinkinference.benchmarks.report.Series.Point;
import io.flinkinference.benchmarks.report.Table;
import io.flinkinference.benchmarks.workload.Workload;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelRepositories;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;

/** The operator in a job without Kafka, held against the bare engine, by kinds of texts. */
public final class TextsBenchmark implements Benchmark {

  private static final String JOB = "operator in a job";

  @Override
  public String name() {
    return "texts";
  }

  @Override
  public String description() {
    return "texts of 8 to 512 tokens, and mixes: the operator against the bare engine";
  }

  @Override
  public Report run(BenchmarkSettings settings) throws Exception {
    Model model = ModelRepositories.standard().resolve(settings.model());
    TextKinds kinds = TextKinds.of(settings, model);
    List<Point> reached = new ArrayList<>();
    try (BenchCluster cluster = BenchCluster.start(1)) {
      List<Measured> lengths = new ArrayList<>();
      for (Workload workload : kinds.byLength()) {
        lengths.add(measure(workload, cluster, settings, model));
      }
      List<Measured> mixes = new ArrayList<>();
      for (Workload workload : kinds.mixes()) {
        mixes.add(measure(workload, cluster, settings, model));
      }
      mixes.forEach(mix -> reached.add(new Point(mix.name(), 0, mix.ratio())));
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("worstRatioToLimit", worst(lengths, mixes));
      return new Report(
          name(),
          "What the length of texts does, with the model " + model.name(),
          figures,
          List.of(byLength(lengths), byMix(mixes, reached)));
    }
  }

  private static Measured measure(
      Workload workload, BenchCluster cluster, BenchmarkSettings settings, Model model)
      throws Exception {
    Tokenized texts = Tokenized.of(workload, model);
    settings.progress().accept("  " + texts.description());
    try (Limit limit =
        Limit.search(model, texts.encodings(), settings.quick(), settings.progress())) {
      double[] padding = new double[1];
      Contender job =
          Contender.of(
              JOB,
              () -> {
                var sample =
                    InMemoryJob.run(
                        cluster,
                        workload.texts(),
                        texts.meanTokens(),
                        1,
                        Inference.step(settings.model(), model, new Configuration()));
                padding[0] = cluster.metrics().padding();
                return sample;
              });
      Outcome outcome = Rounds.run(List.of(limit, job), settings.rounds(), settings.progress());
      return new Measured(
          workload.description(),
          texts.meanTokens(),
          outcome.recordsPerSecond(Limit.NAME),
          outcome.recordsPerSecond(JOB),
          outcome.ratio(JOB, Limit.NAME),
          padding[0]);
    }
  }

  private static double worst(List<Measured> lengths, List<Measured> mixes) {
    List<Measured> all = new ArrayList<>(lengths);
    all.addAll(mixes);
    return all.stream().mapToDouble(Measured::ratio).min().orElseThrow();
  }

  private static Section byLength(List<Measured> lengths) {
    return new Section(
        "By length",
        "Texts of about one length each. Of each length the bare engine's best shape was searched.",
        table(lengths),
        List.of(
            new Plot(
                "Tokens a second by the length of texts",
                Plot.Kind.LINES,
                "tokens of a text in the mean",
                "tokens/s",
                true,
                false,
                List.of(
                    new Series(
                        Limit.NAME,
                        lengths.stream()
                            .map(m -> new Point("", m.tokens(), m.limit() * m.tokens()))
                            .toList()),
                    new Series(
                        JOB,
                        lengths.stream()
                            .map(m -> new Point("", m.tokens(), m.job() * m.tokens()))
                            .toList())))));
  }

  private static Section byMix(List<Measured> mixes, List<Point> reached) {
    return new Section(
        "By mix",
        "The bare engine has the texts sorted; the operator takes them as they come.",
        table(mixes),
        List.of(
            new Plot(
                "Ratio of the operator to the bare engine",
                Plot.Kind.BARS,
                "",
                "ratio",
                false,
                false,
                List.of(new Series("ratio", reached)))));
  }

  private static Table table(List<Measured> measured) {
    return new Table(
        List.of(
            "texts",
            "tokens, mean",
            "bare engine, records/s",
            "operator, records/s",
            "ratio",
            "padded tokens by real ones"),
        measured.stream()
            .map(
                m ->
                    List.<Object>of(
                        m.name(), m.tokens(), m.limit(), m.job(), m.ratio(), m.padding()))
            .toList());
  }

  private record Measured(
      String name, double tokens, double limit, double job, double ratio, double padding) {}
}
