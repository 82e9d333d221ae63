package io.flinkinference.tools.descent;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.tools.autodiff.Differentiation;
import io.flinkinference.tools.graph.DeadNodes;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.progress.Progress;
import io.flinkinference.tools.session.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Learns the weights of a graph from a lesson, and ends with those of the pass that was best.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
public final class Descent implements AutoCloseable {

  /** Longer gradients than this are those of a few odd texts. */
  private static final double MOST_NORM = 1;

  /** Each has gradients of its own in memory, and few processors more are worth it. */
  private static final int MOST_WORKERS = 4;

  /** Padded tokens that a thread takes at once; all that is inside of the graph stays in memory. */
  private static final int MOST_TOKENS = 2_048;

  private final Parameters parameters;
  private final GradientWorkers workers;
  private final double[] factors;

  /**
   * Prepares it.
   *
   * @param graph with the inputs that a lesson brings, and with what is made of them; is changed
   * @param observation of it as it was without them
   * @param seeds names of the gradients of a loss, by the values that they are gradients of
   * @param parameters names of constants of the graph
   * @param others names of the inputs that a lesson brings
   * @param factor by which the rate of a parameter is larger than that of others
   */
  public Descent(
      Graph graph,
      Observation observation,
      Map<String, String> seeds,
      Parameters parameters,
      Set<String> others,
      ToDoubleFunction<String> factor) {
    this.parameters = parameters;
    this.factors = parameters.names().stream().mapToDouble(factor).toArray();
    Map<String, String> gradients =
        Differentiation.gradients(graph, observation, seeds, parameters.weights().keySet());
    graph.setOutputs(List.of());
    List<String> outputs = new ArrayList<>();
    for (String name : parameters.names()) {
      // A name of its own, for two weights may have one gradient.
      Node output = Node.of("Identity", List.of(gradients.get(name)), graph.freshName("gradient"));
      outputs.add(graph.add(output).output());
      graph.addOutput(output.output());
      graph.feedConstant(name);
    }
    DeadNodes.remove(graph);
    int threads = Math.min(MOST_WORKERS, Runtime.getRuntime().availableProcessors());
    this.workers = new GradientWorkers(graph, parameters, outputs, others, threads);
  }

  /**
   * Learns.
   *
   * @throws InterruptedException if the caller is interrupted meanwhile
   */
  public DescentResult run(Lesson lesson, DescentOptions options, Progress progress)
      throws InterruptedException {
    AdamW optimizer = new AdamW(parameters, options.decay(), MOST_NORM);
    List<float[]> gradients = parameters.copy();
    Random random = new Random(options.seed());
    int rows = lesson.texts().size();
    long perEpoch = ((long) rows + options.batch() - 1) / options.batch();
    long steps = options.epochs() * perEpoch;
    int bestEpoch = 0;
    List<float[]> bestWeights = parameters.copy();
    List<Double> errors = new ArrayList<>();
    int step = 0;
    double before;
    double best;
    try (Progress.Work work = progress.begin("learning", steps)) {
      before = lesson.error().orElse(Double.NaN);
      best = before;
      for (int epoch = 1; epoch <= options.epochs(); epoch++) {
        for (List<Integer> batch :
            LengthBatches.of(rows, row -> length(lesson, row), options.batch(), random)) {
          workers.run(parts(lesson, batch), gradients);
          optimizer.step(gradients, rates(options.rate(step++, steps)));
          work.step();
        }
        OptionalDouble error = lesson.error();
        errors.add(error.orElse(Double.NaN));
        if (error.isEmpty() || error.getAsDouble() < best) {
          best = error.orElse(Double.NaN);
          bestEpoch = epoch;
          bestWeights = parameters.copy();
        } else if (epoch - bestEpoch >= options.patience()) {
          break;
        }
      }
    }
    parameters.restore(bestWeights);
    return new DescentResult(bestEpoch, step, before, best, errors);
  }

  private List<Part> parts(Lesson lesson, List<Integer> batch) {
    return LengthBatches.parts(batch, row -> length(lesson, row), workers.workers(), MOST_TOKENS)
        .stream()
        .map(
            rows ->
                new Part(
                    TokenBatch.of(rows.stream().map(lesson.texts()::get).toList()),
                    () -> lesson.others(rows, batch)))
        .toList();
  }

  private static int length(Lesson lesson, int row) {
    return lesson.texts().get(row).length();
  }

  private double[] rates(double rate) {
    double[] rates = factors.clone();
    for (int i = 0; i < rates.length; i++) {
      rates[i] *= rate;
    }
    return rates;
  }

  @Override
  public void close() {
    workers.close();
  }
}
