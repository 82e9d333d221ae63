package io.flinkinference.examples.demo;

import io.flinkinference.examples.cluster.MetricReceiver;
import io.flinkinference.examples.figures.BatchFigures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Metric;

/**
 * The operators' counters of batches, summed over subtasks and restarts.
 *
 * <p>Thread safety: all methods may be called by any thread. A counter is read while its operator
 * writes it; a figure may be a moment old.
 */
final class BatchMetrics implements MetricReceiver {

  private static final String BATCHES = "batches";
  private static final String ROWS = "batchRows";
  private static final String REAL_TOKENS = "realTokens";
  private static final String PADDED_TOKENS = "paddedTokens";

  private final Map<String, List<Counter>> counters =
      Map.of(
          BATCHES, new ArrayList<>(),
          ROWS, new ArrayList<>(),
          REAL_TOKENS, new ArrayList<>(),
          PADDED_TOKENS, new ArrayList<>());

  private final Map<String, Long> ofEndedOperators = new HashMap<>();

  /** Takes a counter in, if it is one of those that are summed. */
  @Override
  public synchronized void add(String name, Metric metric) {
    if (metric instanceof Counter counter && counters.containsKey(name)) {
      counters.get(name).add(counter);
    }
  }

  /** Lets go of a counter; what it counted stays in the sum. */
  @Override
  public synchronized void remove(String name, Metric metric) {
    if (metric instanceof Counter counter
        && counters.containsKey(name)
        && counters.get(name).remove(counter)) {
      ofEndedOperators.merge(name, counter.getCount(), Long::sum);
    }
  }

  synchronized BatchFigures figures() {
    return new BatchFigures(sum(BATCHES), sum(ROWS), sum(REAL_TOKENS), sum(PADDED_TOKENS));
  }

  private long sum(String name) {
    return ofEndedOperators.getOrDefault(name, 0L)
        + counters.get(name).stream().mapToLong(Counter::getCount).sum();
  }
}
