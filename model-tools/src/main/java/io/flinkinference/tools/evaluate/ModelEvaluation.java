package io.flinkinference.tools.evaluate;

import io.flinkinference.Tasks;
import io.flinkinference.TextOutcome;
import io.flinkinference.TextScorer;
import io.flinkinference.model.ModelConfig;
import io.flinkinference.model.ModelException;
import io.flinkinference.model.ModelRepositories;
import io.flinkinference.model.ProblemType;
import io.flinkinference.result.Classification;
import io.flinkinference.result.LabelScore;
import io.flinkinference.tools.data.BadRow;
import io.flinkinference.tools.data.LabeledText;
import io.flinkinference.tools.progress.Bar;
import io.flinkinference.tools.session.Offline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks a classification model about labelled texts, as the operator would. For one thread. */
public final class ModelEvaluation {

  private final List<String> labels;
  private final boolean multiLabel;
  private final Map<String, Integer> index = new HashMap<>();
  private final List<Prediction> predictions = new ArrayList<>();
  private final List<BadRow> bad = new ArrayList<>();

  private ModelEvaluation(List<String> labels, boolean multiLabel) {
    // Two ids may have one name, which is one label then, as sure as the surer of both: so the best
    // label is the operator's.
    this.labels = labels.stream().distinct().toList();
    this.multiLabel = multiLabel;
    for (String label : this.labels) {
      index.put(label, index.size());
    }
  }

  /**
   * Scores rows.
   *
   * @throws ModelException if the model is no classifier that gives probabilities
   */
  public static Answers score(String model, List<LabeledText> rows) {
    ModelConfig config = ModelRepositories.standard().resolve(model).config();
    try (Bar progress = Bar.of("scoring", rows.size());
        TextScorer<Classification> scorer =
            TextScorer.open(model, Tasks.textClassification(), Offline.options())) {
      return score(model, config, scorer, rows, progress::step);
    }
  }

  /**
   * Scores rows by a model that is open.
   *
   * @param config what its directory says; read by the caller, who may measure how long this takes
   * @param done called with each row, also those that need not be scored
   */
  public static Answers score(
      String model,
      ModelConfig config,
      TextScorer<Classification> scorer,
      List<LabeledText> rows,
      Runnable done) {
    if (config.problemType() == ProblemType.REGRESSION) {
      throw new ModelException(
          "Model '" + model + "' gives numbers, not labels; it cannot be evaluated here.");
    }
    boolean multiLabel =
        config.problemType() == ProblemType.MULTI_LABEL || config.labels().size() == 1;
    ModelEvaluation evaluation = new ModelEvaluation(config.labels(), multiLabel);
    List<LabeledText> known = rows.stream().filter(evaluation::canTell).toList();
    evaluation.bad.forEach(row -> done.run());
    scorer.score(
        known.iterator(),
        LabeledText::text,
        outcome -> {
          evaluation.add(outcome);
          done.run();
        });
    return new Answers(evaluation.labels, evaluation.predictions, evaluation.bad, multiLabel);
  }

  private boolean canTell(LabeledText row) {
    if (!multiLabel && row.labels().size() != 1) {
      bad.add(
          new BadRow(
              row.line(), "It has %d labels; the model gives one.".formatted(row.labels().size())));
      return false;
    }
    for (String label : row.labels()) {
      if (!index.containsKey(label)) {
        bad.add(new BadRow(row.line(), "The model has no label '" + label + "'."));
        return false;
      }
    }
    return true;
  }

  private void add(TextOutcome<LabeledText, Classification> outcome) {
    if (outcome.result() == null) {
      String why = outcome.isSkipped() ? "It was skipped." : outcome.failure().message();
      bad.add(new BadRow(outcome.item().line(), why));
      return;
    }
    double[] scores = new double[labels.size()];
    for (LabelScore label : outcome.result().labels()) {
      int at = index.get(label.label());
      scores[at] = Math.max(scores[at], label.score());
    }
    predictions.add(new Prediction(outcome.item(), scores));
  }
}
