package io.flinkinference.tools.compare;

import io.flinkinference.tools.report.Plot;
import io.flinkinference.tools.report.Report;
import io.flinkinference.tools.report.Section;
import io.flinkinference.tools.report.Series;
import io.flinkinference.tools.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A comparison as a report. */
public final class ComparisonReport {

  private static final double MIB = 1L << 20;
  private static final List<String> QUALITY =
      List.of(
          "model",
          "front",
          "rows",
          "unscored",
          "accuracy",
          "from",
          "to",
          "macro F1",
          "CPU s per 1,000",
          "p99 ms");
  private static final List<String> COST =
      List.of(
          "model",
          "texts/s",
          "p50 ms",
          "p99 ms",
          "MiB on disk",
          "MiB in memory",
          "CPU s per 1,000",
          "Wh per million",
          "price per million");

  private final Comparison comparison;
  private final ModelNames names;

  private ComparisonReport(Comparison comparison) {
    this.comparison = comparison;
    this.names =
        ModelNames.of(comparison.candidates().stream().map(one -> one.measured().model()).toList());
  }

  /** The report of a comparison. */
  public static Report of(Comparison comparison) {
    return new ComparisonReport(comparison).report();
  }

  private Report report() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("choice", comparison.choice().map(this::name).orElse("none is good enough"));
    comparison
        .choice()
        .ifPresent(
            one -> {
              figures.put("accuracy", one.measured().accuracy());
              figures.put("textsPerSecond", one.measured().textsPerSecond());
              figures.put("p99Millis", one.measured().p99Millis());
            });
    Section quality =
        new Section(
            "Models", qualityText(), new Table(QUALITY, rows(this::quality)), List.of(plot()));
    Section cost =
        new Section("What they cost", costText(), new Table(COST, rows(this::cost)), List.of());
    return new Report(
        "compare", "The smallest model that is good enough", figures, List.of(quality, cost));
  }

  private String qualityText() {
    return """
        Accuracy on %d labelled texts, with its interval of 95 %%. On the front are models that no \
        other beats: none is as accurate and as cheap.
        Rows that a model could not score, or whose labels it cannot give, count as wrong. %s"""
        .formatted(comparison.candidates().get(0).measured().rows(), limits());
  }

  private String limits() {
    List<String> limits = new ArrayList<>();
    if (comparison.minAccuracy() > 0) {
      limits.add("an accuracy of " + comparison.minAccuracy() + " at least");
    }
    if (comparison.maxLatencyMillis() != null) {
      limits.add("a p99 of " + comparison.maxLatencyMillis() + " ms at most");
    }
    return limits.isEmpty()
        ? "No limit was given, so each is good enough."
        : "Good enough is " + String.join(" and ", limits) + ".";
  }

  private String costText() {
    Costs costs = comparison.costs();
    return """
        Texts per second and processor time with the batching of the operator; p50 and p99 of \
        texts that come alone. Each model ran in a process of its own, whose most memory is told, \
        the JVM's included.
        Energy and price are estimates from the processor time: %s W and %s a core and hour."""
        .formatted(costs.wattsPerCore(), costs.pricePerCoreHour());
  }

  private List<List<Object>> rows(Function<Candidate, List<Object>> row) {
    return comparison.candidates().stream().map(row).toList();
  }

  private List<Object> quality(Candidate one) {
    Measurement m = one.measured();
    return List.of(
        name(one),
        one.onFront() ? "yes" : "",
        m.rows(),
        m.unscored(),
        m.accuracy(),
        m.accuracyLow(),
        m.accuracyHigh(),
        m.macroF1(),
        m.cpuSecondsPer1000(),
        m.p99Millis());
  }

  private List<Object> cost(Candidate one) {
    Measurement m = one.measured();
    return List.of(
        name(one),
        m.textsPerSecond(),
        m.p50Millis(),
        m.p99Millis(),
        m.sizeBytes() / MIB,
        m.memoryBytes() / MIB,
        m.cpuSecondsPer1000(),
        one.wattHoursPerMillion(),
        one.pricePerMillion());
  }

  private Plot plot() {
    List<Series> series = new ArrayList<>();
    series.add(series("on the front", true));
    if (comparison.candidates().stream().anyMatch(one -> !one.onFront())) {
      series.add(series("beaten", false));
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

  private Series series(String name, boolean onFront) {
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

  private String name(Candidate one) {
    return names.name(one.measured().model());
  }
}
