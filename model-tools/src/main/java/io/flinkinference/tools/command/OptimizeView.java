package io.flinkinference.tools.command;

import io.flinkinference.tools.fuse.PassReport;
import io.flinkinference.tools.measure.ShapeSpeed;
import io.flinkinference.tools.optimize.OptimizeReport;
import io.flinkinference.tools.parity.Parity;
import io.flinkinference.tools.prune.Closeness;
import io.flinkinference.tools.prune.PruneReport;
import java.nio.file.Path;
import java.util.Locale;

/** What was made, for people. */
final class OptimizeView {

  private final StringBuilder text = new StringBuilder();

  private OptimizeView() {}

  static String of(OptimizeReport report, Path out) {
    OptimizeView view = new OptimizeView();
    view.line("%s, %s, of %s", out, report.precision(), report.source().name());
    view.line("");
    if (report.pruning() != null) {
      view.pruning(report.pruning());
    }
    report.passes().forEach(view::pass);
    view.line("");
    view.parity(report.parity());
    if (report.checkedValues() > 0) {
      view.line(
          "  inside             %d values of the fused graph differ by at most %.1e",
          report.checkedValues(), report.largestDifference());
    }
    if (report.accuracy() != null) {
      view.line(
          "  accuracy           %.4f, of the original %.4f",
          report.accuracy().optimized(), report.accuracy().original());
    }
    view.line(
        "  batch mates        %s",
        report.batchInvariant() ? "do not change a result" : "change results slightly");
    view.line(
        "  file               %,.1f MB, of the original %,.1f",
        report.bytes().optimized() / 1e6, report.bytes().original() / 1e6);
    view.line("");
    view.line("  %-18s %12s %12s %8s", "tokens/s", "original", "new", "times");
    report.speeds().forEach(view::speed);
    view.line("  %-18s %12s %12s %8.2f", "speedup", "", "", report.speedup());
    view.line("");
    report.tokenBudgets().forEach((device, best) -> view.line("  %-18s %d tokens", device, best));
    return view.text.toString();
  }

  private void pruning(PruneReport pruning) {
    line("  %-24s %s", "layers left out", pruning.layers().isEmpty() ? "none" : pruning.layers());
    line("  %-24s %,d of %,d", "heads", pruning.heads().after(), pruning.heads().before());
    line("  %-24s %,d of %,d", "neurons", pruning.neurons().after(), pruning.neurons().before());
    pruning.missed().forEach(missed -> line("    not: %s", missed));
    closeness(
        pruning.recovery() == null ? "texts weighed by" : "held-out texts",
        "pruned",
        pruning.pruned());
    if (pruning.recovery() == null) {
      line("  %-24s nothing, without --recover-texts: it loses more than it has to", "learned");
    } else {
      closeness("", "recovered", pruning.recovered());
      line(
          "  %-24s from %,d texts, %d epochs kept, %,d steps",
          "learned",
          pruning.recovery().texts(),
          pruning.recovery().epochs(),
          pruning.recovery().steps());
    }
    line("");
  }

  private void closeness(String what, String when, Closeness closeness) {
    line(
        "  %-24s %s: mean cosine %.4f, error %.4f",
        what, when, closeness.cosine(), closeness.error());
  }

  private void pass(PassReport pass) {
    line("  %-24s %d", pass.pass(), pass.made());
    pass.missed().forEach(missed -> line("    not: %s", missed));
  }

  private void parity(Parity parity) {
    line(
        "  answers            to %d texts: cosine %.6f at least, %.6f in the mean; %.2f %% agree",
        parity.texts(), parity.minCosine(), parity.meanCosine(), 100 * parity.agreement());
  }

  private void speed(ShapeSpeed speed) {
    line(
        "  %-18s %,12.0f %,12.0f %8.2f",
        speed.shape(), speed.original(), speed.other(), speed.ratio());
  }

  @SuppressWarnings("AnnotateFormatMethod") // Called with constants of this class only.
  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
