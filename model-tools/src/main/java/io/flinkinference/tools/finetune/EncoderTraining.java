package io.flinkinference.tools.finetune;

import io.flinkinference.model.Model;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.data.LabeledText;
import io.flinkinference.tools.data.Split;
import io.flinkinference.tools.descent.Descent;
import io.flinkinference.tools.descent.DescentOptions;
import io.flinkinference.tools.descent.DescentResult;
import io.flinkinference.tools.descent.Parameters;
import io.flinkinference.tools.encoder.EncoderLayers;
import io.flinkinference.tools.encoder.OwnBiases;
import io.flinkinference.tools.fuse.Fusion;
import io.flinkinference.tools.graph.DeadNodes;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Tensor;
import io.flinkinference.tools.progress.Progress;
import io.flinkinference.tools.session.ModelGraph;
import io.flinkinference.tools.session.Observation;
import io.flinkinference.tools.texts.TextEncoder;
import io.flinkinference.tools.train.Loss;
import io.flinkinference.tools.train.RowWeights;
import io.flinkinference.tools.train.Temperature;
import io.flinkinference.tools.train.Trained;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Teaches the last layers of an encoder, or all, together with a head that has been taught already.
 * For one thread.
 */
final class EncoderTraining {

  /** Time and memory go with the square of the longest texts, which say most at their beginning. */
  private static final int MOST_TOKENS = 256;

  private static final double DECAY = 0.01;
  private static final double WARM_UP = 0.1;
  private static final int PATIENCE = 2;

  /** Weights of a head are larger than those of an encoder, and few. */
  private static final double HEAD_FACTOR = 20;

  private final Model encoder;
  private final Loss loss;
  private final Map<String, Integer> labels = new HashMap<>();
  private final EncoderOptions options;
  private final long seed;

  EncoderTraining(
      Model encoder, Loss loss, List<String> labels, EncoderOptions options, long seed) {
    this.encoder = encoder;
    this.loss = loss;
    labels.forEach(label -> this.labels.put(label, this.labels.size()));
    this.options = options;
    this.seed = seed;
  }

  /**
   * Teaches.
   *
   * @param trained head to begin with
   * @param balanced whether rare labels weigh as much as frequent ones
   */
  TaughtGraph run(Split split, Trained trained, boolean balanced, Progress progress)
      throws InterruptedException {
    Graph graph = ModelGraph.read(encoder);
    List<String> headWeights = HeadGraph.attach(graph, encoder.config(), trained.head());
    DeadNodes.remove(graph);
    Fusion.simplify(graph);
    OwnBiases.give(graph);
    Graph learning = graph.copy();
    Fusion.fuseDerivable(learning);
    Observation observation = Observation.of(learning);
    EncoderLayers layers = EncoderLayers.of(learning, observation);
    int taught = Math.min(options.layers(), layers.count());
    String logits = learning.outputs().get(0).getName();
    try (Parameters parameters = new Parameters(learning, layers.weights(learning, taught));
        Scores scores = Scores.open(learning, parameters)) {
      List<Encoding> validation = encoded(split.validation());
      List<int[]> right = labels(split.validation());
      List<int[]> learned = labels(split.train());
      double[] weights = RowWeights.of(right, labels.size(), balanced);
      LabelLesson lesson =
          new LabelLesson(
              encoded(split.train()),
              learned,
              RowWeights.of(learned, labels.size(), balanced),
              labels.size(),
              () -> error(scores.of(validation), right, weights));
      String gradient = LabelLesson.seed(learning, logits, loss, labels.size());
      DescentResult result;
      try (Descent descent =
          new Descent(
              learning,
              observation,
              Map.of(logits, gradient),
              parameters,
              LabelLesson.inputs(),
              name -> headWeights.contains(name) ? HEAD_FACTOR : 1)) {
        result = descent.run(lesson, descentOptions(), progress);
      }
      double temperature =
          right.isEmpty() ? 1 : Temperature.fit(scores.of(validation), right, loss);
      // Where no pass was better the head is the one given, which is divided already.
      double given = result.epochs() > 0 ? 1 : trained.temperature();
      Map<Long, double[]> tested = new HashMap<>();
      List<double[]> all = scores.of(encoded(split.test()));
      for (int i = 0; i < all.size(); i++) {
        double[] undivided = Arrays.stream(all.get(i)).map(logit -> logit * given).toArray();
        tested.put(split.test().get(i).line(), undivided);
      }
      parameters.store(graph);
      headWeights.forEach(name -> divide(graph, name, temperature));
      return new TaughtGraph(graph, taught, result, temperature * given, tested);
    }
  }

  private DescentOptions descentOptions() {
    return new DescentOptions(
        options.epochs(), options.batch(), options.rate(), DECAY, WARM_UP, PATIENCE, seed);
  }

  /** The loss with the temperature that suits it: how sure a model is can be mended later. */
  private OptionalDouble error(List<double[]> logits, List<int[]> right, double[] weights) {
    if (right.isEmpty()) {
      return OptionalDouble.empty();
    }
    double temperature = Temperature.fit(logits, right, loss);
    return OptionalDouble.of(Temperature.loss(logits, right, weights, loss, temperature));
  }

  private List<int[]> labels(List<LabeledText> rows) {
    return rows.stream().map(row -> row.labels().stream().mapToInt(labels::get).toArray()).toList();
  }

  private List<Encoding> encoded(List<LabeledText> rows) {
    List<Encoding> encodings = new ArrayList<>();
    try (TextEncoder texts = TextEncoder.open(encoder, MOST_TOKENS)) {
      rows.forEach(row -> encodings.add(texts.encode(row.text())));
    }
    return encodings;
  }

  private static void divide(Graph graph, String name, double by) {
    Tensor tensor = graph.constant(name).orElseThrow();
    float[] values = tensor.toFloats();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (values[i] / by);
    }
    graph.setConstant(name, Tensor.floats(values, tensor.shape()));
  }
}
