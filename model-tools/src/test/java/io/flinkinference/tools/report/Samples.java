package io.flinkinference.tools.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A report with all that a report can have. */
final class Samples {

  static final Machine MACHINE =
      new Machine(
          "A processor <1> & more",
          2,
          24L << 30,
          "Linux 6.1 amd64",
          "OpenJDK 64-Bit Server VM 17.0.16+8",
          "2.3.0",
          "1.29.0",
          "2026-01-02T03:04:05Z");

  private Samples() {}

  static Report report() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ratioToLimit", 0.93456);
    figures.put("recordsPerSecond", 298.7);
    figures.put("ratioToBestPeer", 1.21);
    figures.put("ratioToFifoBatches", 5.137);
    figures.put("cpuSecondsPer1000Records", 6.62);
    figures.put("targetsMet", true);
    figures.put("texts", "europarl, mixed lengths <seed 7> & \"more\"");
    return new Report(
        "peers",
        "The operator against what users would run <instead>",
        figures,
        List.of(peers(), budget(), latency()));
  }

  private static Section peers() {
    Map<String, double[]> rates = new LinkedHashMap<>();
    rates.put("flink-inference", new double[] {298.7, 6.62});
    rates.put("RichMapFunction, one record at a time", new double[] {168.2, 11.8});
    rates.put("FIFO batches of 32, padded to the longest", new double[] {55.1, 36.2});
    rates.put("AsyncDataStream over a thread pool", new double[] {246.9, 8.1});
    rates.put("langchain4j embedAll", new double[] {201.4, 9.8});
    rates.put("HTTP server on loopback", new double[] {188.0, 10.5});
    List<List<Object>> rows = new ArrayList<>();
    List<Series.Point> speed = new ArrayList<>();
    rates.forEach(
        (name, rate) -> {
          rows.add(List.of(name, rate[0], rate[0] / 55.1, rate[1], "mixed lengths"));
          speed.add(new Series.Point(name, 0, rate[0]));
        });
    return new Section(
        "Records per second against peers",
        "The same Flink job, source, sink, texts and model file; only the inference step differs."
            + " Each ran in turn with the others; the median of five rounds counts.",
        new Table(
            List.of(
                "Inference step",
                "Records/s",
                "Ratio to FIFO batches",
                "CPU s per 1,000 records",
                "Texts"),
            rows),
        List.of(bars("Records per second", "records/s", false, new Series("median", speed))));
  }

  private static Section budget() {
    List<List<Object>> rows = new ArrayList<>();
    Series first = window("window 256", 14, 301, rows);
    Series second = window("window 1024", 24, 281, rows);
    return new Section(
        "Token budget",
        "",
        new Table(List.of("Window", "Token budget", "Records/s", "Padding"), rows),
        List.of(
            lines(
                "Records per second",
                "token budget",
                true,
                "records/s",
                false,
                List.of(first, second)),
            bars("The same as bars", "records/s", true, asBars(first), asBars(second))));
  }

  private static Series window(String name, double fall, double best, List<List<Object>> rows) {
    List<Series.Point> points = new ArrayList<>();
    for (int budget = 128; budget <= 4096; budget *= 2) {
      double rate = best - Math.pow(Math.log(budget / 512.0), 2) * fall;
      points.add(new Series.Point("", budget, rate));
      rows.add(List.of(name, budget, rate, 0.0004 * budget));
    }
    return new Series(name, points);
  }

  private static Series asBars(Series line) {
    return new Series(
        line.name(),
        line.points().stream()
            .limit(3)
            .map(point -> new Series.Point((int) point.x() + " tokens", 0, point.y()))
            .toList());
  }

  private static Section latency() {
    List<List<Object>> rows = new ArrayList<>();
    List<Series> series = new ArrayList<>();
    String[] names = {"flink-inference", "one at a time", "async pool", "batcher of size and time"};
    for (int i = 0; i < names.length; i++) {
      List<Series.Point> points = new ArrayList<>();
      for (int load : new int[] {10, 50, 80, 95, 120}) {
        double p99 = (12 + 6 * i) * Math.pow(10, Math.pow(load / 100.0, 4) * 1.6);
        points.add(new Series.Point("", load, p99));
        rows.add(List.of(names[i], load, p99 / 3, p99));
      }
      series.add(new Series(names[i], points));
    }
    return new Section(
        "Latency against load",
        "Arrivals are scheduled beforehand, so that waiting is not omitted.",
        new Table(List.of("Inference step", "Load (%)", "p50 (ms)", "p99 (ms)"), rows),
        List.of(lines("p99 of the latency", "load (% of capacity)", false, "ms", true, series)));
  }

  private static Plot bars(String title, String unit, boolean logarithmic, Series... series) {
    return new Plot(title, Plot.Kind.BARS, "", unit, false, logarithmic, List.of(series));
  }

  private static Plot lines(
      String title, String x, boolean logX, String y, boolean logY, List<Series> series) {
    return new Plot(title, Plot.Kind.LINES, x, y, logX, logY, series);
  }
}
