package io.flinkinference.tools.finetune;

import io.flinkinference.model.GraphChoice;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelInspector;
import io.flinkinference.model.ModelReport;
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
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.progress.Bar;
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
  private List<String> labels;
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
    return new Finetune(model, data, options).run(directory);
  }

  private FinetuneResult run(Path directory) throws IOException {
    long start = System.nanoTime();
    requireLabels();
    split(data.rows()); // That it cannot be divided is told before anything is computed.
    Model encoder = ModelRepositories.standard().resolve(model);
    requireEncoder();
    HeadGraph.requireKnown(encoder);
    requireTeachable(encoder);
    try (NewDirectory staged = NewDirectory.at(directory)) {
      FinetuneResult result = run(encoder, staged.draft(), start);
      Files.writeString(
          staged.draft().resolve("finetune.json"), ClassifierFiles.text(result.withoutTexts()));
      staged.complete();
      return result;
    }
  }

  private void requireLabels() {
    if (labels.size() < leastLabels()) {
      throw new FinetuneException(
          "The data have the labels " + labels + "; at least " + leastLabels() + " are needed.");
    }
  }

  private int leastLabels() {
    return options.multiLabel() ? 1 : 2;
  }

  private String firstRefused() {
    BadRow first = bad.get(data.bad().size());
    return "Line %d: %s".formatted(first.line(), first.why());
  }

  private void requireEncoder() {
    ModelReport report = ModelInspector.inspect(model, GraphChoice.AUTO);
    if (report.outputs().size() == 1 && !report.tasks().contains("embedding")) {
      throw new FinetuneException(
          "The model is a classifier already: its one output is "
              + report.outputs().get(0)
              + ". Give the encoder that it was made of, or one like it.");
    }
  }

  /** Weights of other types would be passed over, and the head alone be taught. */
  private void requireTeachable(Model encoder) {
    String precision = encoder.graph().precision();
    if (options.encoder().layers() > 0 && !precision.equals("fp32")) {
      throw new FinetuneException(
          "The encoder is of %s, and only layers of fp32 can be taught. Give the fp32 export of the model, or teach the head alone, with 0 layers."
              .formatted(precision));
    }
  }

  private FinetuneResult run(Model encoder, Path draft, long start) throws IOException {
    Map<Long, float[]> vectors = Embedder.embed(model, data.rows(), bad);
    List<LabeledText> rows =
        data.rows().stream().filter(row -> vectors.containsKey(row.line())).toList();
    requireVectors(rows);
    labels = LabeledData.labels(rows); // Of some the encoder may have taken no row.
    if (labels.size() < leastLabels()) {
      throw new FinetuneException(
          "The encoder took only rows of the labels %s, and at least %d are needed. %s"
              .formatted(labels, leastLabels(), firstRefused()));
    }
    Split split = split(rows);
    Trained trained = train(split, vectors);
    Map<Long, double[]> headLogits = headLogits(trained, split.test(), vectors);
    TaughtGraph taught = options.encoder().layers() > 0 ? teach(encoder, split, trained) : null;
    Graph graph = taught == null ? ClassifierFiles.graph(encoder, trained.head()) : taught.graph();
    ClassifierFiles.write(encoder, graph, labels, options.multiLabel(), draft);
    Evaluation test = test(draft, split.test());
    bad.sort(Comparator.comparingLong(BadRow::line));
    return new FinetuneResult(
        labels,
        split.train().size(),
        split.validation().size(),
        rows.size() - (int) rows.stream().map(LabeledText::text).distinct().count(),
        trained.strength(),
        trained.iterations(),
        taught == null ? trained.temperature() : taught.temperature(),
        split.test().isEmpty()
            ? null
            : evaluate(split.test(), taught == null ? headLogits : taught.logits())
                .calibrationError(),
        taught == null ? null : told(taught, split.test(), headLogits),
        test,
        bad,
        (System.nanoTime() - start) / 1e9);
  }

  private void requireVectors(List<LabeledText> rows) {
    if (rows.isEmpty()) {
      throw new FinetuneException(
          "The encoder took none of the %d rows. %s".formatted(data.rows().size(), firstRefused()));
    }
  }

  private Split split(List<LabeledText> rows) {
    if (options.fewShot() > 0) {
      return Split.fewShot(rows, options.fewShot(), options.seed());
    }
    Split split = Split.of(rows, options.validation(), options.test(), options.seed());
    requireRows(split.validation(), "validation", options.validation(), rows.size());
    requireRows(split.test(), "test", options.test(), rows.size());
    return split;
  }

  private void requireRows(List<LabeledText> part, String name, double share, int rows) {
    if (share > 0 && part.isEmpty()) {
      throw new FinetuneException(
          ("A share of %s of %d rows with %d labels leaves none for the %s: each label keeps one"
                  + " to learn from. Give more rows or a larger share, or learn from all that there"
                  + " are with few-shot.")
              .formatted(share, rows, labels.size(), name));
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
        training, examples(split.train(), vectors), examples(split.validation(), vectors), Bar::of);
  }

  private Examples examples(List<LabeledText> rows, Map<Long, float[]> vectors) {
    return new Examples(rows.stream().map(row -> vectors.get(row.line())).toList(), indexes(rows));
  }

  private List<int[]> indexes(List<LabeledText> rows) {
    Map<String, Integer> index = new HashMap<>();
    labels.forEach(label -> index.put(label, index.size()));
    return rows.stream().map(row -> row.labels().stream().mapToInt(index::get).toArray()).toList();
  }

  /** Opens the model that was written, also where there are no rows to ask it about. */
  private Evaluation test(Path directory, List<LabeledText> rows) {
    Answers answers = ModelEvaluation.score(directory.toString(), rows);
    if (answers.predictions().size() != rows.size()) {
      throw new FinetuneException(
          "The model that was written did not score line "
              + answers.bad().get(0).line()
              + ", which its encoder embedded: "
              + answers.bad().get(0).why());
    }
    return rows.isEmpty()
        ? null
        : Evaluator.evaluate(labels, answers.predictions(), options.multiLabel());
  }

  private TaughtGraph teach(Model encoder, Split split, Trained trained) {
    try {
      return new EncoderTraining(encoder, loss, labels, options.encoder(), options.seed())
          .run(split, trained, options.balanced(), Bar::of);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The training was interrupted.", e);
    }
  }

  private EncoderResult told(
      TaughtGraph taught, List<LabeledText> rows, Map<Long, double[]> headLogits) {
    Evaluation head = rows.isEmpty() ? null : evaluate(rows, headLogits);
    return new EncoderResult(
        taught.layers(),
        taught.descent().epochs(),
        taught.descent().steps(),
        numberOrNull(taught.descent().before()),
        numberOrNull(taught.descent().after()),
        taught.descent().errors().stream().filter(error -> !error.isNaN()).toList(),
        head == null ? null : head.microF1());
  }

  private static Double numberOrNull(double number) {
    return Double.isNaN(number) ? null : number;
  }

  /** What the head says without its temperature. */
  private static Map<Long, double[]> headLogits(
      Trained trained, List<LabeledText> rows, Map<Long, float[]> vectors) {
    Map<Long, double[]> all = new HashMap<>();
    for (LabeledText row : rows) {
      double[] logits = trained.head().logits(vectors.get(row.line()));
      for (int i = 0; i < logits.length; i++) {
        logits[i] *= trained.temperature();
      }
      all.put(row.line(), logits);
    }
    return all;
  }

  private Evaluation evaluate(List<LabeledText> rows, Map<Long, double[]> logits) {
    List<Prediction> predictions = new ArrayList<>();
    for (LabeledText row : rows) {
      double[] scores = logits.get(row.line()).clone();
      loss.probabilities(scores);
      predictions.add(new Prediction(row, scores));
    }
    return Evaluator.evaluate(labels, predictions, options.multiLabel());
  }
}
