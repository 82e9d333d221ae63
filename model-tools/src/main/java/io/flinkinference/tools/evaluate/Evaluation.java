package io.flinkinference.tools.evaluate;

import java.util.List;

/**
 * How good a classifier is.
 *
 * @param rows texts that it was asked about
 * @param accuracy share of texts whose labels are all right
 * @param accuracyLow lower end of its interval of 95 %
 * @param accuracyHigh upper end
 * @param macroF1 mean of the labels' F1, of the labels that occur
 * @param microF1 F1 over all labels together; the accuracy where each text has one label
 * @param calibrationError expected calibration error, 10 bins
 * @param labels figures of each label
 * @param calibration bins that are not empty
 * @param confusion cells that are not 0, most frequent first; empty for several labels a text
 * @param worst mistakes, those first that the model is surest of
 */
public record Evaluation(
    int rows,
    double accuracy,
    double accuracyLow,
    double accuracyHigh,
    double macroF1,
    double microF1,
    double calibrationError,
    List<LabelFigures> labels,
    List<CalibrationBin> calibration,
    List<Confusion> confusion,
    List<Mistake> worst) {

  public Evaluation {
    labels = List.copyOf(labels);
    calibration = List.copyOf(calibration);
    confusion = List.copyOf(confusion);
    worst = List.copyOf(worst);
  }

  /** The figures alone: a mistake has a text in it. */
  public Evaluation withoutMistakes() {
    return new Evaluation(
        rows,
        accuracy,
        accuracyLow,
        accuracyHigh,
        macroF1,
        microF1,
        calibrationError,
        labels,
        calibration,
        confusion,
        List.of());
  }
}
