package io.flinkinference.tools.evaluate;

import io.flinkinference.tools.data.LabeledText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts predictions. For one thread. */
public final class Evaluator {

  private static final int WORST = 20;

  private final List<String> names;
  private final boolean multiLabel;
  private final Calibration calibration = new Calibration();
  private final Map<List<String>, Integer> confusion = new LinkedHashMap<>();
  private final List<Mistake> mistakes = new ArrayList<>();
  private final int[] hits;
  private final int[] given;
  private final int[] support;
  private final Map<String, Integer> unknown = new TreeMap<>();
  private int right;

  private Evaluator(List<String> names, boolean multiLabel) {
    this.names = names;
    this.multiLabel = multiLabel;
    this.hits = new int[names.size()];
    this.given = new int[names.size()];
    this.support = new int[names.size()];
  }

  /**
   * Compares predictions with what people said.
   *
   * @param labels names in the order of the scores; each label of a text is one of them
   * @param predictions at least one; their texts have one label each, unless there may be several
   */
  public static Evaluation evaluate(
      List<String> labels, List<Prediction> predictions, boolean multiLabel) {
    return evaluate(labels, predictions, List.of(), multiLabel);
  }

  /**
   * Compares predictions with what people said, where rows without a prediction count as wrong: so
   * models that leave out other rows have figures of the same rows.
   *
   * @param unscored may have any number of labels, also such as the model does not know
   */
  public static Evaluation evaluate(
      List<String> labels,
      List<Prediction> predictions,
      List<LabeledText> unscored,
      boolean multiLabel) {
    Evaluator evaluator = new Evaluator(labels, multiLabel);
    predictions.forEach(evaluator::add);
    unscored.forEach(evaluator::miss);
    return evaluator.result(predictions.size() + unscored.size());
  }

  private void add(Prediction prediction) {
    List<String> truth = prediction.row().labels();
    List<String> predicted = prediction.predicted(names, multiLabel);
    boolean isRight = truth.size() == predicted.size() && truth.containsAll(predicted);
    right += isRight ? 1 : 0;
    for (int i = 0; i < names.size(); i++) {
      boolean has = truth.contains(names.get(i));
      boolean gets = predicted.contains(names.get(i));
      hits[i] += has && gets ? 1 : 0;
      given[i] += gets ? 1 : 0;
      support[i] += has ? 1 : 0;
      if (multiLabel) {
        calibration.add(prediction.score(i), has);
      }
    }
    if (!multiLabel) {
      calibration.add(prediction.score(prediction.top()), isRight);
      confusion.merge(List.of(truth.get(0), predicted.get(0)), 1, Integer::sum);
    }
    if (!isRight) {
      mistakes.add(mistake(prediction, truth, predicted));
    }
  }

  private void miss(LabeledText row) {
    for (String label : row.labels()) {
      int i = names.indexOf(label);
      if (i < 0) {
        unknown.merge(label, 1, Integer::sum);
      } else {
        support[i]++;
      }
    }
  }

  private Mistake mistake(Prediction prediction, List<String> truth, List<String> predicted) {
    double surest = 0;
    for (int i = 0; i < names.size(); i++) {
      boolean has = truth.contains(names.get(i));
      boolean gets = predicted.contains(names.get(i));
      if (has != gets) {
        double score = prediction.score(i);
        surest = Math.max(surest, gets || !multiLabel ? score : 1 - score);
      }
    }
    return new Mistake(prediction.row().line(), prediction.row().text(), truth, predicted, surest);
  }

  private Evaluation result(int rows) {
    List<LabelFigures> labels = new ArrayList<>();
    int allHits = 0;
    int all = 0;
    for (int i = 0; i < names.size(); i++) {
      labels.add(LabelFigures.of(names.get(i), hits[i], given[i], support[i]));
      allHits += hits[i];
      all += given[i] + support[i];
    }
    for (Map.Entry<String, Integer> label : unknown.entrySet()) {
      labels.add(LabelFigures.of(label.getKey(), 0, 0, label.getValue()));
      all += label.getValue();
    }
    double macro =
        labels.stream()
            .filter(label -> label.support() > 0)
            .mapToDouble(LabelFigures::f1)
            .average()
            .orElse(0);
    Wilson interval = Wilson.of(right, rows);
    mistakes.sort(
        Comparator.comparingDouble(Mistake::score).reversed().thenComparing(Mistake::line));
    List<Confusion> cells =
        confusion.entrySet().stream()
            .map(cell -> new Confusion(cell.getKey().get(0), cell.getKey().get(1), cell.getValue()))
            .sorted(
                Comparator.comparingInt(Confusion::count)
                    .reversed()
                    .thenComparing(Confusion::truth)
                    .thenComparing(Confusion::predicted))
            .toList();
    return new Evaluation(
        rows,
        (double) right / rows,
        interval.low(),
        interval.high(),
        macro,
        all == 0 ? 0 : 2.0 * allHits / all,
        calibration.error(),
        labels,
        calibration.bins(),
        cells,
        mistakes.subList(0, Math.min(WORST, mistakes.size())));
  }
}
