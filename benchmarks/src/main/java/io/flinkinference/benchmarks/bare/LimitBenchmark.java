package io.flinkinference.benchmarks.bare;

import io.flinkinference.benchmarks.measure.Benchmark;
import io.flinkinference.benchmarks.measure.BenchmarkSettings;
import io.flinkinference.benchmarks.measure.Contender;
import io.flinkinference.benchmarks.measure.Outcome;
import io.flinkinference.benchmarks.measure.Rounds;
import io.flinkinference.benchmarks.workload.Workloads;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelRepositories;
import io.flinkinference.tools.report.Plot;
import io.flinkinference.tools.report.Report;
import io.flinkinference.tools.report.Section;
import io.flinkinference.tools.report.Series;
import io.flinkinference.tools.report.Series.Point;
import io.flinkinference.tools.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The line of 100 %: what the engine does when nothing stands around it. */
public final class LimitBenchmark implements Benchmark {

  private static final int TEXTS = 8_000;
  private static final int TEXTS_QUICK = 400;

  @Override
  public String name() {
    return "limit";
  }

  @Override
  public String description() {
    return "the bare engine with texts tokenized and sorted beforehand; all else is held against it";
  }

  @Override
  public Report run(BenchmarkSettings settings) throws Exception {
    Model model = ModelRepositories.standard().resolve(settings.model());
    Tokenized texts =
        Tokenized.of(
            Workloads.of(settings, settings.quick() ? TEXTS_QUICK : Workloads.forCores(TEXTS)),
            model);
    try (Limit limit =
            Limit.search(model, texts.encodings(), settings.quick(), settings.progress());
        TokenizerOnly tokenizer = new TokenizerOnly(model, texts);
        CopyOnly copies = copies(limit.finalists().get(0))) {
      tokenizer.run(); // Compiled before it counts.
      copies.run();
      List<Contender> contenders = new ArrayList<>(limit.contenders());
      contenders.addAll(List.of(tokenizer, copies));
      Outcome outcome = Rounds.run(contenders, settings.rounds(), settings.progress());
      Limit.Best best = limit.best(outcome);
      return new Report(
          name(),
          "What the bare engine does with the model " + model.name(),
          figures(best, texts),
          List.of(compared(best, texts), searched(limit, outcome)));
    }
  }

  /** The batches and outputs of a shape, without its engine. */
  static CopyOnly copies(Finalist of) {
    return new CopyOnly(of.batches(), of.engine().outputs());
  }

  private static Map<String, Object> figures(Limit.Best best, Tokenized texts) {
    Outcome outcome = best.outcome();
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("recordsPerSecond", outcome.recordsPerSecond(Limit.NAME));
    figures.put("tokensPerSecond", outcome.tokensPerSecond(Limit.NAME));
    figures.put("cpuSecondsPerThousand", outcome.cpuSecondsPerThousand(Limit.NAME));
    figures.put("tokenBudget", best.shape().tokenBudget());
    figures.put("callers", best.shape().callers());
    figures.put("intraOpThreads", best.shape().intraOpThreads());
    figures.put("texts", texts.description());
    return figures;
  }

  static Section compared(Limit.Best best, Tokenized texts) {
    return new Section(
        "The engine, and what no way around it can be without",
        "Texts: %s. The bare engine gets them tokenized and sorted by length, %s. Tokenizer only:"
                .formatted(texts.description(), best.shape())
            + " all cores encode the texts. Copies only: token ids are written and outputs read,"
            + " and nothing is computed.",
        best.outcome().table(Limit.NAME),
        List.of(best.outcome().logarithmicBars("Records a second, on a logarithmic axis")));
  }

  private static Section searched(Limit limit, Outcome outcome) {
    List<List<Object>> rows =
        limit.trials().stream()
            .map(
                trial ->
                    List.<Object>of(
                        trial.shape().callers(),
                        trial.shape().intraOpThreads(),
                        trial.shape().tokenBudget(),
                        trial.tokensPerSecond(),
                        inTheRounds(trial.shape(), outcome)))
            .toList();
    Map<String, List<Point>> curves =
        limit.trials().stream()
            .collect(
                Collectors.groupingBy(
                    trial ->
                        "%d runs x %d threads"
                            .formatted(trial.shape().callers(), trial.shape().intraOpThreads()),
                    LinkedHashMap::new,
                    Collectors.mapping(
                        trial ->
                            new Point("", trial.shape().tokenBudget(), trial.tokensPerSecond()),
                        Collectors.toList())));
    Plot plot =
        new Plot(
            "Tokens a second by the token budget of a run",
            Plot.Kind.LINES,
            "padded tokens of a run",
            "tokens/s",
            true,
            false,
            curves.entrySet().stream()
                .map(curve -> new Series(curve.getKey(), curve.getValue()))
                .toList());
    return new Section(
        "The search for the best shape",
        "A part of the texts, of all lengths alike, was run in each shape. The best of these ran"
            + " with all texts in the rounds, whose medians decide.",
        new Table(
            List.of(
                "runs at once",
                "threads of a run",
                "token budget",
                "tokens/s",
                "tokens/s in the rounds"),
            rows),
        List.of(plot));
  }

  /** Blank for a shape that was not among the best. */
  private static Object inTheRounds(Shape shape, Outcome outcome) {
    String side = Finalist.name(shape);
    return outcome.names().contains(side) ? outcome.tokensPerSecond(side) : "";
  }
}
