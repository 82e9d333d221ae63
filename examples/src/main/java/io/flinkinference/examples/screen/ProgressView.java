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
        "  %-8s  %6s in  %6s scored  %7s   %9s a batch   padding %-5s  p50 %-7s p99 %s"
            .formatted(
                name,
                Words.count(figures.sent()),
                Words.count(figures.scored()),
                Words.rate(figures.recordsPerSecond()),
                Words.rows(figures.batches().meanRows()),
                Words.padding(figures.batches().paddingRatio()),
                Words.millis(figures.toResult().p50Millis()),
                Words.millis(figures.toResult().p99Millis()));
    return figures.deadLettered() == 0
        ? line
        : line + "  dead " + Words.count(figures.deadLettered());
  }
}
