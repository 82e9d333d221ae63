package io.flinkinference.tools.compare;

import io.flinkinference.tools.report.Plot;
import io.flinkinference.tools.report.Report;
import io.flinkinference.tools.report.Section;
import io.flinkinference.tools.report.Series;
import io.flinkinference.tools.report.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A comparison as a report. */
public final class ComparisonReport {

  private static final double MIB = 1L << 20;
  private static final List<String> COLUMNS =
      List.of(
          "model",
          "front",
          "accuracy",
          "from",
          "to",
          "macro F1",
          "texts/s",
          "p50 ms",
          "p99 ms",
          "MiB on disk",
          "MiB in memory",
          "CPU s per 1,000",
          "Wh per million",
          "price per million");

  private ComparisonReport() {}

  /** The report of a comparison. */
  public static Report of(Comparison comparison) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put(
        "choice", comparison.choice().map(ComparisonReport::name).orElse("none is good enough"));
    comparison
        .choice()
        .ifPresent(
            one -> {
              figures.put("accuracy", one.measured().accuracy());
              figures.put("textsPerSecond", one.measured().textsPerSecond());
              figures.put("p99Millis", one.measured().p99Millis());
            });
    Section section =
        new Section("Models", text(comparison), table(comparison), List.of(plot(comparison)));
    return new Report(
        "compare", "The smallest model that is good enough", figures, List.of(section));
  }

  private static String text(Comparison comparison) {
    Costs costs = comparison.costs();
    int rows = comparison.candidates().get(0).measured().rows();
    return """
        Accuracy on %d labelled texts, with its interval of 95 %%. Texts per second and processor \
        time with the batching of the operator; p50 and p99 of texts that come alone. Each model \
        ran in a process of its own, whose most memory is told, the JVM's included.
        Energy and price are estimates from the processor time: %s W and %s a core and hour.
        On the front are models that no other beats: none is as accurate and as cheap."""
        .formatted(rows, costs.wattsPerCore(), costs.pricePerCoreHour());
  }

  private static Table table(Comparison comparison) {
    List<List<Object>> rows = new ArrayList<>();
    for (Candidate one : comparison.candidates()) {
      Measurement m = one.measured();
      rows.add(
          List.of(
              name(one),
              one.onFront() ? "yes" : "",
              m.accuracy(),
              m.accuracyLow(),
              m.accuracyHigh(),
              m.macroF1(),
              m.textsPerSecond(),
              m.p50Millis(),
              m.p99Millis(),
              m.sizeBytes() / MIB,
              m.memoryBytes() / MIB,
              m.cpuSecondsPer1000(),
              one.wattHoursPerMillion(),
              one.pricePerMillion()));
    }
    return new Table(COLUMNS, rows);
  }

  private static Plot plot(Comparison comparison) {
    List<Series> series = new ArrayList<>();
    series.add(series("on the front", comparison, true));
    if (comparison.candidates().stream().anyMatch(one -> !one.onFront())) {
      series.add(series("beaten", comparison, false));
    }
    return new Plot(
        "Accuracy against processor time",
        Plot.Kind.POINTS,
        "CPU seconds per 1,000 texts",
        "Accuracy",
        false,
        false,
        series);
  }

  private static Series series(String name, Comparison comparison, boolean onFront) {
    return new Series(
        name,
        comparison.candidates().stream()
            .filter(one -> one.onFront() == onFront)
            .map(
                one ->
                    new Series.Point(
                        name(one), one.measured().cpuSecondsPer1000(), one.measured().accuracy()))
            .toList());
  }

  private static String name(Candidate one) {
    Path path = Path.of(one.measured().model()).normalize();
    // A graph is named with its directory.
    return one.measured().model().endsWith(".onnx") && path.getNameCount() > 1
        ? path.getName(path.getNameCount() - 2) + "/" + path.getFileName()
        : String.valueOf(path.getFileName());
  }
}
