package io.flinkinference.examples.cluster;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Metric;

/**
 * What the inference operators of a cluster count, all subtasks together. What they counted stays
 * when they have ended, until it is cleared.
 *
 * <p><b>Thread safety:</b> all methods may be called by any thread. A counter is read while its
 * operator writes it; a figure may be a moment old.
 */
public final class OperatorMetrics {

  private final List<Named> metrics = new ArrayList<>();

  /** An operator has a metric. */
  synchronized void add(String name, Metric metric) {
    metrics.add(new Named(name, metric));
  }

  /** Forgets the operators of earlier jobs. */
  public synchronized void clear() {
    metrics.clear();
  }

  /** The sum of a counter; 0 where no operator has it. */
  public synchronized long count(String name) {
    return metrics.stream()
        .filter(named -> named.name.equals(name) && named.metric instanceof Counter)
        .mapToLong(named -> ((Counter) named.metric).getCount())
        .sum();
  }

  /** The mean of the subtasks' medians of a histogram; 0 where no operator has it. */
  public synchronized double median(String name) {
    return metrics.stream()
        .filter(named -> named.name.equals(name) && named.metric instanceof Histogram)
        .mapToDouble(named -> ((Histogram) named.metric).getStatistics().getQuantile(0.5))
        .average()
        .orElse(0);
  }

  /** Padded tokens by real ones; 1 where there are none. */
  public double padding() {
    long real = count("realTokens");
    return real == 0 ? 1 : (double) count("paddedTokens") / real;
  }

  private record Named(String name, Metric metric) {}
}
