package io.flinkinference.benchmarks.latency;

import io.flinkinference.InferenceOptions;
import io.flinkinference.benchmarks.bare.Tokenized;
import io.flinkinference.benchmarks.peers.Product;
import io.flinkinference.benchmarks.peers.Rehearsal;
import io.flinkinference.tools.measure.Median;
import io.flinkinference.tools.report.Plot;
import io.flinkinference.tools.report.Report;
import io.flinkinference.tools.report.Section;
import io.flinkinference.tools.report.Series;
import io.flinkinference.tools.report.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What the measurement of latencies found. */
final class LatencyReport {

  private static final double PERCENT = 100;
  private static final int IN_FLIGHT = InferenceOptions.MAX_RECORDS_IN_FLIGHT.defaultValue();

  private final String forms;
  private final Tokenized texts;
  private final List<Percentiles> bare;
  private final List<Point> same;
  private final List<Point> own;
  private final Rehearsal rehearsal;

  /**
   * @param forms who runs which form of the model
   * @param bare single runs of the engine, in the rounds of the light load
   * @param same all sides under the same loads
   * @param own peers under loads that go by their own capacity, in the rounds of the heavy load
   * @param rehearsal knows which peers could not run the model, or failed
   */
  LatencyReport(
      String forms,
      Tokenized texts,
      List<Percentiles> bare,
      List<Point> same,
      List<Point> own,
      Rehearsal rehearsal) {
    this.forms = forms;
    this.texts = texts;
    this.bare = List.copyOf(bare);
    this.same = same;
    this.own = own;
    this.rehearsal = rehearsal;
  }

  Report report(String name) {
    List<Section> sections = new ArrayList<>(List.of(same(), own()));
    rehearsal.section().ifPresent(sections::add);
    return new Report(name, "Latency against load: " + forms, figures(), sections);
  }

  private Map<String, Object> figures() {
    Point light = product(LatencyBenchmark.LIGHT);
    Point heavy = product(LatencyBenchmark.HEAVY);
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put(
        "p50At10PercentToBareRun", Percentiles.ratio(light.rounds(), bare, Percentiles::p50));
    figures.put("p50MillisAt10Percent", Median.of(light.rounds(), Percentiles::p50));
    figures.put("bareRunP50Millis", Median.of(bare, Percentiles::p50));
    figures.put("p99MillisAt80Percent", p99(heavy));
    List<Point> peersAtHeavy =
        same.stream()
            .filter(point -> point.load() == LatencyBenchmark.HEAVY && !isProduct(point))
            .toList();
    figures.put("peerNames", peers());
    // Beyond what a side can do its latency grows with the length of the run.
    figures.put(
        "peersThatCarry80Percent",
        peersAtHeavy.stream().filter(point -> point.perSecond() <= point.capacity()).count());
    putNearest(figures, "SameLoad", peersAtHeavy, heavy);
    putNearest(figures, "OwnCapacity", own, heavy);
    rehearsal.note(figures);
    figures.put("forms", forms);
    figures.put("capacity", same.get(0).capacity());
    figures.put("texts", texts.description());
    return figures;
  }

  private static void putNearest(
      Map<String, Object> figures, String what, List<Point> peers, Point product) {
    // In the median of the rounds, which is not always the one with the lowest median.
    peers.stream()
        .filter(peer -> !peer.rounds().isEmpty())
        .max(Comparator.comparingDouble(peer -> p99Ratio(product, peer)))
        .ifPresent(
            nearest -> {
              figures.put("nearestPeersP99MillisAt80Percent" + what, p99(nearest));
              figures.put("p99At80PercentToNearestPeer" + what, p99Ratio(product, nearest));
            });
  }

  private static double p99Ratio(Point product, Point peer) {
    return Percentiles.ratio(product.rounds(), peer.rounds(), Percentiles::p99);
  }

  private static double p99(Point point) {
    return Median.of(point.rounds(), Percentiles::p99);
  }

  private static boolean isProduct(Point point) {
    return point.side().equals(Product.NAME);
  }

  /** The project is never so far beyond its own capacity that it is left out. */
  private Point product(int load) {
    return same.stream()
        .filter(point -> isProduct(point) && point.load() == load)
        .findFirst()
        .orElseThrow();
  }

  private Section same() {
    return new Section(
        "All sides under the same loads",
        ("Texts: %s. Medians of %d rounds, in turns. Loads in percent of what %s can do,"
                + " %,.0f records/s; the same arrivals for all sides (a Poisson process)."
                + " Milliseconds from the scheduled arrival to the result, waiting before the"
                + " source included. Above 100 %% the figures grow with the length of the run;"
                + " loads beyond 1.5 times what a side can do are left out. A p99.9 takes %,d"
                + " arrivals.%s One bare run of the engine, on the texts that arrive at %d %%, takes"
                + " %.2f ms in the median, %.2f ms at p99. Of the peers these run: %s.")
            .formatted(
                texts.description(),
                bare.size(),
                Product.NAME,
                same.get(0).capacity(),
                Percentiles.LEAST_FOR_P999,
                repetition(),
                LatencyBenchmark.LIGHT,
                Median.of(bare, Percentiles::p50),
                Median.of(bare, Percentiles::p99),
                String.join(", ", peers())),
        table(same),
        List.of(
            plot("p50 against load", Percentiles::p50),
            plot("p99 against load", Percentiles::p99)));
  }

  private List<String> peers() {
    return same.stream().filter(point -> !isProduct(point)).map(Point::side).distinct().toList();
  }

  private String repetition() {
    return texts.encodings().size() > IN_FLIGHT
        ? ""
        : " There are so few texts that equal ones may be in flight, which "
            + Product.NAME
            + " scores once.";
  }

  private Section own() {
    return new Section(
        "Peers at %d %% of their own capacity".formatted(LatencyBenchmark.HEAVY),
        "Fewer texts arrive for a peer that can do less, so that all are equally busy. In"
            + " turns with the same loads.",
        table(own),
        List.of());
  }

  private static Table table(List<Point> points) {
    List<List<Object>> rows = new ArrayList<>();
    for (Point point : points) {
      List<Object> row = new ArrayList<>();
      row.add(point.load());
      row.add(point.perSecond());
      row.add(point.side());
      row.add(PERCENT * point.perSecond() / point.capacity());
      point
          .latencies()
          .ifPresentOrElse(
              p -> row.addAll(List.of(p.p50(), p.p90(), p.p99(), p999(p), p.max())),
              () -> row.addAll(Collections.nCopies(5, "overloaded")));
      rows.add(row);
    }
    return new Table(
        List.of(
            "load %",
            "records/s",
            "side",
            "% of its own capacity",
            "p50 ms",
            "p90 ms",
            "p99 ms",
            "p99.9 ms",
            "max ms"),
        rows);
  }

  private static Object p999(Percentiles of) {
    return of.p999().isPresent() ? of.p999().getAsDouble() : "";
  }

  private Plot plot(String title, ToDoubleFunction<Percentiles> percentile) {
    Map<String, List<Series.Point>> curves = new LinkedHashMap<>();
    for (Point point : same) {
      point
          .latencies()
          .ifPresent(
              latencies ->
                  curves
                      .computeIfAbsent(point.side(), side -> new ArrayList<>())
                      .add(
                          new Series.Point("", point.load(), percentile.applyAsDouble(latencies))));
    }
    return new Plot(
        title,
        Plot.Kind.LINES,
        "load, % of the capacity of " + Product.NAME,
        "ms",
        false,
        true,
        curves.entrySet().stream()
            .map(curve -> new Series(curve.getKey(), curve.getValue()))
            .toList());
  }
}
