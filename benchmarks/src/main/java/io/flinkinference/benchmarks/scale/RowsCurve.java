package io.flinkinference.benchmarks.scale;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.benchmarks.bare.BareEngine;
import io.flinkinference.benchmarks.measure.Contender;
import io.flinkinference.benchmarks.measure.Outcome;
import io.flinkinference.benchmarks.measure.Rounds;
import io.flinkinference.benchmarks.workload.Workloads;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.report.Plot;
import io.flinkinference.tools.report.Section;
import io.flinkinference.tools.report.Series;
import io.flinkinference.tools.report.Series.Point;
import io.flinkinference.tools.report.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** What fuller batches are worth to the bare engine, without any padding: rows by their length. */
final class RowsCurve {

  private static final List<Integer> WIDTHS = List.of(8, 32, 128);
  private static final List<Integer> ROWS = List.of(1, 2, 4, 8, 16, 32, 64);
  private static final int TOKENS = 32_768;
  private static final int TOKENS_QUICK = 2_048;

  /** A wider run than any option would make says nothing more. */
  private static final int MOST_TOKENS_OF_A_RUN = 4_096;

  private RowsCurve() {}

  static Section section(ScaleSetup setup) throws Exception {
    int tokens = setup.settings().quick() ? TOKENS_QUICK : Workloads.forCores(TOKENS);
    int cores = Runtime.getRuntime().availableProcessors();
    try (BareEngine engine = new BareEngine(setup.model(), cores, 1)) {
      List<Contender> contenders = new ArrayList<>();
      for (int width : WIDTHS) {
        for (int rows : rowsOf(width)) {
          List<TokenBatch> batches =
              Collections.nCopies(Math.max(cores, tokens / (rows * width)), batch(rows, width));
          contenders.add(Contender.of(name(rows, width), () -> engine.run(batches)));
        }
      }
      Outcome outcome =
          Rounds.run(contenders, setup.settings().rounds(), setup.settings().progress());
      return new Section(
          "Rows of a run",
          "The bare engine, %d runs of one thread each at a time, on texts of one length."
                  .formatted(cores)
              + " From where the curves are flat, fuller batches gain nothing and cost latency.",
          table(outcome),
          List.of(plot(outcome)));
    }
  }

  private static List<Integer> rowsOf(int width) {
    return ROWS.stream().filter(rows -> rows * width <= MOST_TOKENS_OF_A_RUN).toList();
  }

  private static TokenBatch batch(int rows, int width) {
    int[] ids = new int[width];
    Arrays.fill(ids, 1); // Any token does: what a run takes depends on the shape alone.
    return TokenBatch.of(Collections.nCopies(rows, Encoding.of(ids)));
  }

  private static String name(int rows, int width) {
    return rows + " x " + width;
  }

  private static Table table(Outcome outcome) {
    List<List<Object>> cells = new ArrayList<>();
    for (int width : WIDTHS) {
      for (int rows : rowsOf(width)) {
        String side = name(rows, width);
        cells.add(
            List.of(width, rows, outcome.tokensPerSecond(side), outcome.recordsPerSecond(side)));
      }
    }
    return new Table(List.of("tokens of a text", "rows", "tokens/s", "records/s"), cells);
  }

  private static Plot plot(Outcome outcome) {
    return new Plot(
        "Tokens a second by rows of a run",
        Plot.Kind.LINES,
        "rows",
        "tokens/s",
        true,
        false,
        WIDTHS.stream()
            .map(
                width ->
                    new Series(
                        width + " tokens a text",
                        rowsOf(width).stream()
                            .map(
                                rows ->
                                    new Point("", rows, outcome.tokensPerSecond(name(rows, width))))
                            .toList()))
            .toList());
  }
}
