package io.flinkinference.tools.quantize;

import io.flinkinference.text.Encoding;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.progress.Progress;
import io.flinkinference.tools.session.Likeness;
import io.flinkinference.tools.session.Likeness.Near;
import java.util.List;
import java.util.stream.Stream;

/**
 * How near other forms of a graph come to it, in the mean over some texts.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
final class Fidelity {

  private final CalibrationTexts texts;
  private final Likeness likeness;

  private Fidelity(CalibrationTexts texts, Likeness likeness) {
    this.texts = texts;
    this.likeness = likeness;
  }

  static Fidelity to(Graph graph, CalibrationTexts texts, Progress progress) {
    List<Encoding> tried =
        Stream.concat(texts.heldOut().stream(), texts.otherDomain().stream()).toList();
    try (Progress.Work work = progress.begin("Asking the fp32 form", tried.size())) {
      return new Fidelity(texts, Likeness.to(graph, tried, work::step));
    }
  }

  /** Number of the texts by which a form is tried. */
  long texts() {
    return (long) texts.heldOut().size() + texts.otherDomain().size();
  }

  /** The means of another form. */
  Means means(Graph other, Progress progress) {
    try (Progress.Work work = progress.begin("Trying the form", texts())) {
      return means(other, work::step);
    }
  }

  /**
   * The means of another form.
   *
   * @param done called with each text that is answered, by any threads at once
   */
  Means means(Graph other, Runnable done) {
    List<Near> all = likeness.of(other, done);
    int heldOut = texts.heldOut().size();
    double mean = mean(all.subList(0, heldOut));
    return texts.otherDomain().isEmpty()
        ? new Means(mean, Double.NaN)
        : new Means(mean, mean(all.subList(heldOut, all.size())));
  }

  /**
   * Means of cosines, or of what stands for them.
   *
   * @param heldOut on held-out texts
   * @param otherDomain on texts of another kind; {@code NaN} where there are none
   */
  record Means(double heldOut, double otherDomain) {

    /** A form is as good as it is where it is worse. */
    double worse() {
      return Double.isNaN(otherDomain) ? heldOut : Math.min(heldOut, otherDomain);
    }
  }

  private static double mean(List<Near> all) {
    return all.stream().mapToDouble(Near::likeness).average().orElseThrow();
  }
}
