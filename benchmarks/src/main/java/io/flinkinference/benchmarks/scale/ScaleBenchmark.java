package io.flinkinference.benchmarks.scale;

import io.flinkinference.InferenceOptions;
import io.flinkinference.benchmarks.bare.Tokenized;
import io.flinkinference.benchmarks.flink.BenchCluster;
import io.flinkinference.benchmarks.measure.Benchmark;
import io.flinkinference.benchmarks.measure.BenchmarkSettings;
import io.flinkinference.benchmarks.workload.Workloads;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelRepositories;
import io.flinkinference.tools.report.Report;
import io.flinkinference.tools.report.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The curves that explain the defaults. */
public final class ScaleBenchmark implements Benchmark {

  private static final int TEXTS = 4_000;
  private static final int TEXTS_QUICK = 100;

  @Override
  public String name() {
    return "scale";
  }

  @Override
  public String description() {
    return "throughput and memory over parallelism, capacity, token budget and rows of a batch";
  }

  @Override
  public Report run(BenchmarkSettings settings) throws Exception {
    Model model = ModelRepositories.standard().resolve(settings.model());
    Tokenized texts =
        Tokenized.of(
            Workloads.of(settings, settings.quick() ? TEXTS_QUICK : Workloads.forCores(TEXTS)),
            model);
    ScaleSetup setup = new ScaleSetup(settings, model, texts);
    List<Section> sections = new ArrayList<>();
    List<Integer> parallelisms = settings.quick() ? List.of(1, 2) : List.of(1, 2, 4);
    int most = parallelisms.get(parallelisms.size() - 1);
    try (BenchCluster cluster = BenchCluster.start(most)) {
      sections.add(new Parallelism(setup, parallelisms).section(cluster));
      for (OptionCurve curve : curves(settings.quick())) {
        sections.add(curve.section(cluster, setup));
      }
    }
    sections.add(RowsCurve.section(setup));
    return new Report(
        name(),
        "What parallelism, capacity, token budget and rows do, with the model " + model.name(),
        Map.of("texts", texts.description()),
        sections);
  }

  private static List<OptionCurve> curves(boolean quick) {
    return List.of(
        new OptionCurve(
            "Capacity",
            "More records in flight give more to choose from: less padding. What waits longer is"
                + " told by the last column; all texts are there from the start.",
            InferenceOptions.MAX_RECORDS_IN_FLIGHT,
            quick ? List.of(16, 1024) : List.of(4, 16, 64, 256, 1024)),
        new OptionCurve(
            "Token budget",
            "A larger budget makes fewer and larger runs.",
            InferenceOptions.TOKEN_BUDGET,
            quick ? List.of(128, 512) : List.of(32, 64, 128, 256, 512, 1024, 2048, 4096)));
  }
}
