package io.flinkinference.tools.command;

import io.flinkinference.tools.evaluate.CalibrationBin;
import io.flinkinference.tools.evaluate.Confusion;
import io.flinkinference.tools.evaluate.Evaluation;
import io.flinkinference.tools.evaluate.LabelFigures;
import io.flinkinference.tools.evaluate.Mistake;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An evaluation for the eye. For one thread. */
final class EvaluationView {

  /** A matrix of more labels is wider than a terminal. */
  private static final int MATRIX = 8;

  private static final int PAIRS = 20;
  private static final int CELL = 10;
  private static final int TEXT = 90;

  private final Evaluation evaluation;
  private final PrintWriter out;

  EvaluationView(Evaluation evaluation, PrintWriter out) {
    this.evaluation = evaluation;
    this.out = out;
  }

  /** The figures in a few lines. */
  void figures() {
    out.printf(
        "accuracy           %s (95 %%: %s to %s) of %,d rows%n",
        Output.percent(evaluation.accuracy()),
        Output.percent(evaluation.accuracyLow()),
        Output.percent(evaluation.accuracyHigh()),
        evaluation.rows());
    out.printf("macro F1           %s%n", Output.number(evaluation.macroF1(), 3));
    out.printf("micro F1           %s%n", Output.number(evaluation.microF1(), 3));
    out.printf("calibration error  %s%n", Output.number(evaluation.calibrationError(), 3));
  }

  /** Everything. */
  void all() {
    figures();
    labels();
    confusion();
    calibration();
    mistakes();
    out.flush();
  }

  private void labels() {
    int width =
        evaluation.labels().stream()
            .mapToInt(one -> Output.line(one.label()).length())
            .max()
            .orElse(0);
    width = Math.max(width, 5);
    String row = "%-" + width + "s  %9s  %6s  %5s  %4s%n";
    out.printf("%n" + row, "label", "precision", "recall", "F1", "rows");
    for (LabelFigures one : evaluation.labels()) {
      out.printf(
          row,
          Output.line(one.label()),
          Output.number(one.precision(), 3),
          Output.number(one.recall(), 3),
          Output.number(one.f1(), 3),
          one.support());
    }
  }

  private void confusion() {
    if (evaluation.confusion().isEmpty()) {
      return;
    }
    List<String> names = evaluation.labels().stream().map(LabelFigures::label).toList();
    if (names.size() <= MATRIX) {
      matrix(names);
      return;
    }
    out.printf("%nMost frequent confusions%n");
    evaluation.confusion().stream()
        .filter(one -> !one.truth().equals(one.predicted()))
        .limit(PAIRS)
        .forEach(
            one ->
                out.printf(
                    "%5d  %s, taken for %s%n",
                    one.count(), Output.line(one.truth()), Output.line(one.predicted())));
  }

  private void matrix(List<String> names) {
    Map<String, Map<String, Integer>> cells = new TreeMap<>();
    for (Confusion one : evaluation.confusion()) {
      cells.computeIfAbsent(one.truth(), name -> new TreeMap<>()).put(one.predicted(), one.count());
    }
    out.printf("%nConfusion: a row is what people say, a column what the model says%n");
    out.print(" ".repeat(CELL));
    names.forEach(name -> out.printf(" %" + CELL + "s", cut(name, CELL)));
    out.println();
    for (String truth : names) {
      out.printf("%-" + CELL + "s", cut(truth, CELL));
      for (String predicted : names) {
        int count = cells.getOrDefault(truth, Map.of()).getOrDefault(predicted, 0);
        out.printf(" %" + CELL + "d", count);
      }
      out.println();
    }
  }

  private void calibration() {
    out.printf("%nCalibration%nprobability     rows   mean  right%n");
    for (CalibrationBin bin : evaluation.calibration()) {
      out.printf(
          "%s to %s  %,7d  %s  %s%n",
          Output.number(bin.from(), 1),
          Output.number(bin.to(), 1),
          bin.count(),
          Output.number(bin.confidence(), 3),
          Output.number(bin.accuracy(), 3));
    }
  }

  private void mistakes() {
    out.printf("%nWorst mistakes%n");
    for (Mistake one : evaluation.worst()) {
      out.printf(
          "line %d: %s, taken for %s (%s)%n  %s%n",
          one.line(),
          cut(String.join(", ", one.truth()), TEXT),
          one.predicted().isEmpty() ? "nothing" : cut(String.join(", ", one.predicted()), TEXT),
          Output.percent(one.score()),
          cut(one.text(), TEXT));
    }
  }

  private static String cut(String text, int most) {
    String line = Output.line(text);
    return line.length() <= most ? line : line.substring(0, most - 3) + "...";
  }
}
