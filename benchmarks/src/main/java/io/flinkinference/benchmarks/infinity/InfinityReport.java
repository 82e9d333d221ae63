package io.flinkinference.benchmarks.infinity;

import io.flinkinference.benchmarks.measure.Benchmark;
import io.flinkinference.benchmarks.measure.Outcome;
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

/** Lays what was measured beside what was published. */
final class InfinityReport {

  private static final String OWN = "flink-inference ";
  private static final String OTHER_MACHINE =
      "Infinity and transformers were not run here: their columns are what Hugging Face published"
          + " in January 2022 for 2 physical cores of Ice Lake, an EC2 C6i, with a"
          + " trained model, which Infinity ran in a form optimized for that processor. Machines"
          + " differ, so compare the curves rather than single figures.";

  private InfinityReport() {}

  static Report of(
      Benchmark benchmark, List<ModelForm> forms, Map<Integer, Outcome> outcomes, long parameters) {
    Map<String, Object> figures = new LinkedHashMap<>();
    outcomes.forEach(
        (tokens, outcome) -> figures.put("requestsPerSecondAt" + tokens + "Tokens", best(outcome)));
    figures.put("parameters", parameters);
    figures.put("forms", forms.stream().map(ModelForm::name).collect(Collectors.joining(", ")));
    return new Report(
        benchmark.name(),
        "DistilBERT, one text a run, two cores",
        figures,
        List.of(requests(outcomes), effort(outcomes)));
  }

  private static double best(Outcome outcome) {
    return outcome.names().stream().mapToDouble(outcome::recordsPerSecond).max().orElseThrow();
  }

  private static Section requests(Map<Integer, Outcome> outcomes) {
    List<String> names = outcomes.values().iterator().next().names();
    List<String> columns = new ArrayList<>(List.of("tokens"));
    names.forEach(name -> columns.add(OWN + name));
    columns.addAll(List.of("Infinity, published", "transformers, published"));
    List<List<Object>> rows = new ArrayList<>();
    for (Published published : Published.ALL) {
      Outcome outcome = outcomes.get(published.tokens());
      List<Object> row = new ArrayList<>(List.of(published.tokens()));
      names.forEach(name -> row.add(outcome.recordsPerSecond(name)));
      row.addAll(List.of(published.infinity(), published.transformers()));
      rows.add(row);
    }
    List<Series> series = new ArrayList<>();
    for (int column = 1; column < columns.size(); column++) {
      int index = column;
      List<Point> points =
          rows.stream()
              .map(row -> new Point("", number(row.get(0)), number(row.get(index))))
              .toList();
      series.add(new Series(columns.get(column), points));
    }
    return new Section(
        "Requests a second by the length of the text",
        "Each text passes tokenizer, engine and decoder, alone in its run. fp32: the graph"
            + " as it is exported. int8: what the command optimize makes of it unless told"
            + " otherwise. 1 x 2 threads: one request at a time, on which two threads work. 2 x 1 thread: two requests at a time. The"
            + " weights are random, which takes the time of trained ones, and the texts are words"
            + " of the vocabulary, so that each has exactly that many tokens.\n"
            + OTHER_MACHINE,
        new Table(columns, rows),
        List.of(
            new Plot(
                "Requests a second",
                Plot.Kind.LINES,
                "tokens of a text",
                "requests/s",
                true,
                true,
                series)));
  }

  private static double number(Object cell) {
    return ((Number) cell).doubleValue();
  }

  private static Section effort(Map<Integer, Outcome> outcomes) {
    List<List<Object>> rows = new ArrayList<>();
    outcomes.forEach(
        (tokens, outcome) -> {
          for (String name : outcome.names()) {
            rows.add(
                List.of(
                    tokens,
                    name,
                    outcome.recordsPerSecond(name),
                    outcome.samples(name).stream()
                        .mapToDouble(sample -> sample.recordsPerSecond())
                        .min()
                        .orElseThrow(),
                    outcome.samples(name).stream()
                        .mapToDouble(sample -> sample.recordsPerSecond())
                        .max()
                        .orElseThrow(),
                    outcome.tokensPerSecond(name),
                    outcome.cpuSecondsPerThousand(name)));
          }
        });
    return new Section(
        "What the rounds gave",
        "Sides ran in turns; requests a second are the median of the rounds.",
        new Table(
            List.of(
                "tokens",
                "side",
                "requests/s",
                "least",
                "most",
                "tokens/s",
                "CPU s per 1,000 requests"),
            rows),
        List.of());
  }
}
