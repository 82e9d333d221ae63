package io.flinkinference.examples.screen;

import io.flinkinference.examples.figures.PhaseFigures;
import io.flinkinference.examples.figures.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The end of the screen: the two phases apart, whether all came back once, and what to try. */
public final class SummaryView {

  private SummaryView() {}

  /** The summary. */
  public static List<String> of(Summary summary, Style style) {
    List<String> lines = new ArrayList<>();
    PhaseFigures flatOut = summary.flatOut();
    PhaseFigures paced = summary.paced();
    lines.add(
        HeaderView.row(
            "Flat out",
            "%s texts at once: %s   %s rows/batch, padding %s"
                .formatted(
                    Words.count(flatOut.sent()),
                    style.bold(Words.rate(flatOut.recordsPerSecond())),
                    Words.oneDigit(flatOut.batches().meanRows()),
                    Words.padding(flatOut.batches().paddingRatio())),
            style));
    lines.add(
        HeaderView.row(
            "Paced",
            "%s texts at %s: result after p50 %s, p99 %s   %s rows/batch"
                .formatted(
                    Words.count(paced.sent()),
                    Words.rate(summary.pace()),
                    style.bold(Words.p50(paced.toResult())),
                    style.bold(Words.p99(paced.toResult())),
                    Words.oneDigit(paced.batches().meanRows())),
            style));
    lines.add(
        HeaderView.row(
            "",
            "committed and read after p50 %s, p99 %s (a checkpoint commits each second)"
                .formatted(Words.p50(paced.toReader()), Words.p99(paced.toReader())),
            style));
    if (summary.toFirstResult() != null) {
      double seconds = summary.toFirstResult().toMillis() / 1000.0;
      lines.add(
          HeaderView.row(
              "Start",
              String.format(Locale.ROOT, "first result %.1f s after the program began", seconds),
              style));
    }
    lines.add(HeaderView.row("Records", counts(summary), style));
    summary
        .reasons()
        .forEach(
            (reason, count) ->
                lines.add(
                    HeaderView.row(
                        "", "dead letter, " + reason + ": " + Words.count(count), style)));
    lines.add("");
    lines.add("  " + verdict(summary, style));
    lines.add("");
    return lines;
  }

  private static String counts(Summary summary) {
    return "%s sent, %s scored, %s dead letters; %s missing, %s twice"
        .formatted(
            Words.count(summary.produced()),
            Words.count(summary.scored()),
            Words.count(summary.deadLettered()),
            Words.count(summary.missing()),
            Words.count(summary.duplicates()));
  }

  private static String verdict(Summary summary, Style style) {
    return summary.exactlyOnce()
        ? style.good("Every record that was sent came back exactly once.")
        : style.bad("Not every record came back exactly once. The log says more.");
  }

  /** What a newcomer may want to do now. */
  public static List<String> tryNext(Style style) {
    return List.of(
        style.faint("  Try next"),
        "    bin/flink-inference demo --precision int8           the model in 8 bits",
        "    bin/flink-inference demo --ordered --parallelism 2  results in the order of the texts",
        "    bin/flink-inference demo --keep                     look around in the web UI",
        "    bin/flink-inference demo --input FILE --labels FILE your own texts and topics",
        "    echo 'Some text' | bin/flink-inference score all-minilm-l6-v2",
        "");
  }
}
