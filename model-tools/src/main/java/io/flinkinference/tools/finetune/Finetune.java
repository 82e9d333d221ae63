package io.flinkinference.tools.finetune;

import io.flinkinference.model.Model;
import io.flinkinference.model.ModelRepositories;
import io.flinkinference.tools.data.BadRow;
import io.flinkinference.tools.data.LabeledData;
import io.flinkinference.tools.data.LabeledText;
import io.flinkinference.tools.data.Split;
import io.flinkinference.tools.directory.NewDirectory;
import io.flinkinference.tools.evaluate.Answers;
import io.flinkinference.tools.evaluate.Evaluation;
import io.flinkinference.tools.evaluate.Evaluator;
import io.flinkinference.tools.evaluate.ModelEvaluation;
import io.flinkinference.tools.evaluate.Prediction;
import io.flinkinference.tools.train.Examples;
import io.flinkinference.tools.train.HeadTrainer;
import io.flinkinference.tools.train.Loss;
import io.flinkinference.tools.train.TrainOptions;
import io.flinkinference.tools.train.Trained;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Teaches a model: embeds all texts once, learns a head, writes encoder and head as one model, and
 * lets that model, as the operator would run it, answer for the test rows. For one thread.
 */
public final class Finetune {

  private static final List<Double> STRENGTHS = List.of(1e-1, 3e-2, 1e-2, 3e-3, 1e-3);

  /** Fits a handful of texts a label, where there are none to choose by. */
  private static final List<Double> FEW_SHOT_STRENGTH = List.of(3e-2);

  private static final int MOST_ITERATIONS = 150;

  private final String model;
  private final LabeledData data;
  private final FinetuneOptions options;
  private final List<String> labels;
  private final List<BadRow> bad;
  private final Loss loss;

  private Finetune(String model, LabeledData data, FinetuneOptions options) {
    this.model = model;
    this.data = data;
    this.options = options;
    this.labels = data.labels();
    this.bad = new ArrayList<>(data.bad());
    this.loss = options.multiLabel() ? Loss.SIGMOID : Loss.SOFTMAX;
  }

  /**
   * Makes a classification model.
   *
   * @param model directory or name of an encoder
   * @param directory of the new model; must not exist
   * @throws FinetuneException if model or data do not serve
   * @throws IOException if the directory cannot be written
   */
  public static FinetuneResult run(
      String model, LabeledData data, FinetuneOptions options, Path directory) throws IOException {
    NewDirectory.requireFree(directory);
    return new Finetune(model, data, options).run(directory);
  }

  private FinetuneResult run(Path directory) throws IOException {
    long start = System.nanoTime();
    int least = options.multiLabel() ? 1 : 2;
    if (labels.size() < least) {
      throw new FinetuneException(
          "The data have the labels " + labels + "; at least " + least + " are needed.");
    }
    Model encoder = ModelRepositories.standard().resolve(model);
    Map<Long, float[]> vectors = Embedder.embed(model, data.rows(), bad);
    List<LabeledText> rows =
        data.rows().stream().filter(row -> vectors.containsKey(row.line())).toList();
    Split split =
        options.fewShot() > 0
            ? Split.fewShot(rows, options.fewShot(), options.seed())
            : Split.of(rows, options.validation(), options.test(), options.seed());
    Trained trained = train(split, vectors);
    try (NewDirectory staged = NewDirectory.at(directory)) {
      ClassifierFiles.write(encoder, trained.head(), labels, options.multiLabel(), staged.draft());
      Evaluation test = split.test().isEmpty() ? null : test(staged.draft(), split.test());
      bad.sort(Comparator.comparingLong(BadRow::line));
      FinetuneResult result =
          new FinetuneResult(
              labels,
              split.train().size(),
              split.validation().size(),
              trained.strength(),
              trained.iterations(),
              trained.temperature(),
              uncalibrated(trained, split.test(), vectors),
              test,
              bad,
              (System.nanoTime() - start) / 1e9);
      Files.writeString(staged.draft().resolve("finetune.json"), ClassifierFiles.text(result));
      staged.complete();
      return result;
    }
  }

  private Trained train(Split split, Map<Long, float[]> vectors) {
    TrainOptions training =
        new TrainOptions(
            labels.size(),
            loss,
            options.balanced(),
            options.fewShot() > 0 ? FEW_SHOT_STRENGTH : STRENGTHS,
            MOST_ITERATIONS);
    return HeadTrainer.train(
        training,
        examples(split.train(), vectors),
        examples(split.validation(), vectors),
        iterations -> {});
  }

  private Examples examples(List<LabeledText> rows, Map<Long, float[]> vectors) {
    Map<String, Integer> index = new HashMap<>();
    labels.forEach(label -> index.put(label, index.size()));
    return new Examples(
        rows.stream().map(row -> vectors.get(row.line())).toList(),
        rows.stream().map(row -> row.labels().stream().mapToInt(index::get).toArray()).toList());
  }

  private Evaluation test(Path directory, List<LabeledText> rows) {
    Answers answers = ModelEvaluation.score(directory.toString(), rows);
    if (answers.predictions().size() != rows.size()) {
      throw new FinetuneException(
          "The model that was written did not score line "
              + answers.bad().get(0).line()
              + ", which its encoder embedded: "
              + answers.bad().get(0).why());
    }
    return Evaluator.evaluate(labels, answers.predictions(), options.multiLabel());
  }

  private double uncalibrated(Trained trained, List<LabeledText> rows, Map<Long, float[]> vectors) {
    if (rows.isEmpty()) {
      return 0;
    }
    List<Prediction> predictions = new ArrayList<>();
    for (LabeledText row : rows) {
      double[] logits = trained.head().logits(vectors.get(row.line()));
      for (int i = 0; i < logits.length; i++) {
        logits[i] *= trained.temperature();
      }
      loss.probabilities(logits);
      predictions.add(new Prediction(row, logits));
    }
    return Evaluator.evaluate(labels, predictions, options.multiLabel()).calibrationError();
  }
}
