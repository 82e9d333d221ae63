package io.flinkinference.benchmarks.measure;

import io.flinkinference.tools.measure.Median;
import io.flinkinference.tools.report.Plot;
import io.flinkinference.tools.report.Series;
import io.flinkinference.tools.report.Series.Point;
import io.flinkinference.tools.report.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What the rounds of all sides gave. Figures of a side are medians over the rounds. */
public final class Outcome {

  private final Map<String, List<Sample>> samples = new LinkedHashMap<>();

  /**
   * @param samples of each side, in the order of the rounds; each side has the same number
   */
  Outcome(Map<String, List<Sample>> samples) {
    samples.forEach((name, rounds) -> this.samples.put(name, List.copyOf(rounds)));
  }

  /** The sides, in the order in which they were given. */
  public List<String> names() {
    return List.copyOf(samples.keySet());
  }

  /** The runs of a side, a round each. */
  public List<Sample> samples(String name) {
    List<Sample> of = samples.get(name);
    if (of == null) {
      throw new IllegalArgumentException("No side is called " + name + "; " + names() + " are.");
    }
    return of;
  }

  /** The one of some sides that does most records in a second. */
  public String fastest(List<String> of) {
    return of.stream().max(Comparator.comparingDouble(this::recordsPerSecond)).orElseThrow();
  }

  /**
   * The same without some sides, but for the fastest of them, which is called otherwise.
   *
   * @param of sides that are ways to do one thing
   * @param name of that thing
   */
  public Outcome withFastest(List<String> of, String name) {
    String fastest = fastest(of);
    Map<String, List<Sample>> sides = new LinkedHashMap<>();
    samples.forEach(
        (side, rounds) -> {
          if (side.equals(fastest)) {
            sides.put(name, rounds);
          } else if (!of.contains(side)) {
            sides.put(side, rounds);
          }
        });
    return new Outcome(sides);
  }

  /** Records in a second. */
  public double recordsPerSecond(String name) {
    return Median.of(samples(name), Sample::recordsPerSecond);
  }

  /** Real tokens in a second. */
  public double tokensPerSecond(String name) {
    return Median.of(samples(name), Sample::tokensPerSecond);
  }

  /** Processor seconds of 1,000 records. */
  public double cpuSecondsPerThousand(String name) {
    return Median.of(samples(name), Sample::cpuSecondsPerThousand);
  }

  /**
   * How many records a side does for each of another: the median of the ratios of the rounds, for
   * the two runs of a round had the most alike conditions.
   */
  public double ratio(String name, String to) {
    return Median.of(ratios(name, to), ratio -> ratio);
  }

  /** The ratio of each round, from the least to the greatest. */
  public List<Double> ratios(String name, String to) {
    List<Sample> mine = samples(name);
    List<Sample> theirs = samples(to);
    return IntStream.range(0, mine.size())
        .mapToObj(i -> mine.get(i).recordsPerSecond() / theirs.get(i).recordsPerSecond())
        .sorted()
        .toList();
  }

  /**
   * Some of the sides under other names.
   *
   * @param names what each is called here, by what it is called from now on
   */
  public Outcome of(Map<String, String> names) {
    Map<String, List<Sample>> some = new LinkedHashMap<>();
    names.forEach((name, here) -> some.put(name, samples(here)));
    return new Outcome(some);
  }

  /** The figures of all sides, with the ratios to one of them: their median, least and most. */
  public Table table(String baseline) {
    List<List<Object>> rows = new ArrayList<>();
    for (String name : names()) {
      List<Double> rates = samples(name).stream().map(Sample::recordsPerSecond).toList();
      List<Double> ratios = ratios(name, baseline);
      rows.add(
          List.of(
              name,
              recordsPerSecond(name),
              Collections.min(rates),
              Collections.max(rates),
              tokensPerSecond(name),
              cpuSecondsPerThousand(name),
              ratio(name, baseline),
              ratios.get(0),
              ratios.get(ratios.size() - 1)));
    }
    return new Table(
        List.of(
            "side",
            "records/s",
            "least",
            "most",
            "tokens/s",
            "CPU s per 1,000 records",
            "ratio to " + baseline,
            "least ratio",
            "most ratio"),
        rows);
  }

  /** Records in a second, a bar for each side. */
  public Plot bars(String title) {
    return bars(title, false);
  }

  /** The same on an axis of equal ratios, where some sides do many times as much as others. */
  public Plot logarithmicBars(String title) {
    return bars(title, true);
  }

  private Plot bars(String title, boolean logarithmic) {
    List<Point> points =
        names().stream().map(name -> new Point(name, 0, recordsPerSecond(name))).toList();
    return new Plot(
        title,
        Plot.Kind.BARS,
        "",
        "records/s",
        false,
        logarithmic,
        List.of(new Series("records/s", points)));
  }
}
