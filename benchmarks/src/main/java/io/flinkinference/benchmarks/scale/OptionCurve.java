package io.flinkinference.benchmarks.scale;

import io.flinkinference.benchmarks.flink.BenchCluster;
import io.flinkinference.benchmarks.flink.InMemoryJob.Step;
import io.flinkinference.benchmarks.flink.Inference;
import io.flinkinference.benchmarks.measure.Contender;
import io.flinkinference.benchmarks.measure.Outcome;
import io.flinkinference.benchmarks.measure.Rounds;
import io.flinkinference.benchmarks.measure.Sample;
import io.flinkinference.tools.measure.Median;
import io.flinkinference.tools.report.Plot;
import io.flinkinference.tools.report.Section;
import io.flinkinference.tools.report.Series;
import io.flinkinference.tools.report.Series.Point;
import io.flinkinference.tools.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/**
 * What one option does to throughput, padding and the time in the operator; all others have their
 * defaults.
 *
 * @param title of the section
 * @param text below it
 * @param option that is varied
 * @param values of it, ascending
 */
record OptionCurve(String title, String text, ConfigOption<Integer> option, List<Integer> values) {

  Section section(BenchCluster cluster, ScaleSetup setup) throws Exception {
    Map<Integer, List<Double>> padding = new LinkedHashMap<>();
    Map<Integer, List<Double>> millis = new LinkedHashMap<>();
    List<Contender> contenders = new ArrayList<>();
    for (int value : values) {
      Configuration options = new Configuration();
      options.set(option, value);
      List<Double> paddings = padding.computeIfAbsent(value, v -> new ArrayList<>());
      List<Double> times = millis.computeIfAbsent(value, v -> new ArrayList<>());
      Step step = Inference.step(setup.settings().model(), setup.model(), options);
      contenders.add(
          Contender.of(
              name(value),
              () -> {
                Sample sample = setup.run(cluster, 1, step);
                paddings.add(cluster.metrics().padding());
                times.add(cluster.metrics().median("operatorTime") / 1e3);
                return sample;
              }));
    }
    Outcome outcome =
        Rounds.run(contenders, setup.settings().rounds(), setup.settings().progress());
    return new Section(
        title,
        text,
        table(outcome, padding, millis),
        List.of(
            plot(
                "Records a second",
                "records/s",
                values.stream().map(v -> point(v, outcome.recordsPerSecond(name(v)))).toList()),
            plot(
                "Padding",
                "padded tokens by real ones",
                values.stream().map(v -> point(v, median(padding, v))).toList())));
  }

  private String name(int value) {
    return option.key() + "=" + value;
  }

  private static double median(Map<Integer, List<Double>> rounds, int value) {
    return Median.of(rounds.get(value), one -> one);
  }

  private Table table(
      Outcome outcome, Map<Integer, List<Double>> padding, Map<Integer, List<Double>> millis) {
    List<List<Object>> rows =
        values.stream()
            .map(
                value ->
                    List.<Object>of(
                        value,
                        outcome.recordsPerSecond(name(value)),
                        outcome.cpuSecondsPerThousand(name(value)),
                        median(padding, value),
                        median(millis, value)))
            .toList();
    return new Table(
        List.of(
            option.key(),
            "records/s",
            "CPU s per 1,000 records",
            "padded tokens by real ones",
            "time in the operator, median, ms"),
        rows);
  }

  private static Point point(int value, double y) {
    return new Point("", value, y);
  }

  private Plot plot(String what, String unit, List<Point> points) {
    return new Plot(
        what + " by " + option.key(),
        Plot.Kind.LINES,
        option.key(),
        unit,
        true,
        false,
        List.of(new Series(unit, points)));
  }
}
