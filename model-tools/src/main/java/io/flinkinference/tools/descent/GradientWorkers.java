package io.flinkinference.tools.descent;

import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.GraphException;
import io.flinkinference.tools.session.GraphSession;
import io.flinkinference.tools.session.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Adds up the gradients of the parts of a batch, several parts at once. Parts are added in their
 * order, so that the sum is the same bits whoever is done first.
 *
 * <p><b>Thread safety:</b> for one thread, which waits for those in here.
 */
final class GradientWorkers implements AutoCloseable {

  private final GraphSession session;
  private final List<List<Weights>> results = new ArrayList<>();
  private final List<Map<String, Weights>> outputs = new ArrayList<>();
  private final ExecutorService threads;

  /**
   * @param graph whose outputs are the gradients
   * @param gradients names of the outputs in the order of the parameters
   * @param others names of the inputs that parts bring along
   * @param workers how many parts are run at once
   */
  GradientWorkers(
      Graph graph, Parameters parameters, List<String> gradients, Set<String> others, int workers) {
    this.session = GraphSession.open(graph, parameters.weights(), others);
    try {
      for (int worker = 0; worker < workers; worker++) {
        layOut(parameters, gradients);
      }
    } catch (RuntimeException | Error e) {
      // Many weights for many workers may be more than there is memory.
      closeNative();
      throw e;
    }
    this.threads =
        Executors.newFixedThreadPool(
            workers,
            task -> {
              Thread thread = new Thread(task, "gradients");
              thread.setDaemon(true);
              return thread;
            });
  }

  private void layOut(Parameters parameters, List<String> gradients) {
    List<Weights> result = new ArrayList<>();
    Map<String, Weights> output = new LinkedHashMap<>();
    results.add(result);
    outputs.add(output);
    for (Weights one : parameters.list()) {
      result.add(Weights.zeros(one.tensor()));
      output.put(gradients.get(output.size()), result.get(result.size() - 1));
    }
  }

  int workers() {
    return results.size();
  }

  /**
   * Runs parts.
   *
   * @param sums are overwritten with the gradients of all parts together
   * @throws InterruptedException if the caller is interrupted meanwhile
   */
  void run(List<Part> parts, List<float[]> sums) throws InterruptedException {
    for (int from = 0; from < parts.size(); from += workers()) {
      List<Part> round = parts.subList(from, Math.min(parts.size(), from + workers()));
      List<Future<?>> running = new ArrayList<>();
      for (int worker = 0; worker < round.size(); worker++) {
        Part part = round.get(worker);
        Map<String, Weights> output = outputs.get(worker);
        running.add(threads.submit(() -> session.run(part.tokens(), part.others().get(), output)));
      }
      for (Future<?> one : running) {
        await(one);
      }
      boolean first = from == 0;
      IntStream.range(0, sums.size())
          .parallel()
          .forEach(index -> add(index, round.size(), first, sums.get(index)));
    }
  }

  private static void await(Future<?> running) throws InterruptedException {
    try {
      running.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new GraphException("A batch cannot be derived: " + e.getCause(), e.getCause());
    }
  }

  private void add(int index, int parts, boolean first, float[] sum) {
    float[] part = parts == 1 && first ? sum : new float[sum.length];
    for (int worker = 0; worker < parts; worker++) {
      if (worker == 0 && first) {
        results.get(0).get(index).get(0, sum, sum.length);
      } else {
        results.get(worker).get(index).get(0, part, part.length);
        for (int i = 0; i < sum.length; i++) {
          sum[i] += part[i];
        }
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    boolean interrupted = false;
    while (!threads.isTerminated()) {
      try {
        threads.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    closeNative();
  }

  private void closeNative() {
    session.close();
    results.forEach(result -> result.forEach(Weights::close));
  }
}
