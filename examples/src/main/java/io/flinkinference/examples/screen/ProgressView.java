package io.flinkinference.examples.screen;

import io.flinkinference.examples.figures.PhaseFigures;

/** One line that says how far a phase is. */
public final class ProgressView {

  private ProgressView() {}

  /**
   * The line.
   *
   * @param name of the phase
   * @param figures of the phase so far
   */
  public static String of(String name, PhaseFigures figures) {
    String line =
        "  %-8s %6s in %6s scored %6s  %4s rows/batch  padding %-4s  p50 %-6s  p99 %-6s"
            .formatted(
                name,
                Words.count(figures.sent()),
                Words.count(figures.scored()),
                Words.rate(figures.recordsPerSecond()),
                Words.oneDigit(figures.batches().meanRows()),
                Words.padding(figures.batches().paddingRatio()),
                Words.p50(figures.toResult()),
                Words.p99(figures.toResult()));
    return figures.deadLettered() == 0
        ? line
        : line + " dead " + Words.count(figures.deadLettered());
  }
}
