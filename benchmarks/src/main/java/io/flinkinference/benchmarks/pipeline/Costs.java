package io.flinkinference.benchmarks.pipeline;

import io.flinkinference.examples.cluster.OperatorMetrics;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a run's time went.
 *
 * @param engineMillis that engine threads spent in engine and decoder, for 1,000 records
 * @param waitMillis of the oldest record of a batch, from acceptance to its run; the median
 * @param operatorMillis of a record, from acceptance to emission; the median
 * @param rows of a batch in the mean
 * @param padding padded tokens by real ones
 * @param equalTexts records that got the result of an equal text in flight
 * @param cpuMillis processor time for 1,000 records, by groups of threads
 */
record Costs(
    double engineMillis,
    double waitMillis,
    double operatorMillis,
    double rows,
    double padding,
    long equalTexts,
    Map<String, Double> cpuMillis) {

  static Costs of(OperatorMetrics metrics, Map<String, Long> cpu, int records) {
    double rows = metrics.count("batchRows");
    Map<String, Double> cpuMillis = new LinkedHashMap<>();
    cpu.forEach((group, nanos) -> cpuMillis.put(group, nanos / 1e3 / records));
    return new Costs(
        metrics.count("engineBusyTime") / rows,
        metrics.median("queueTime") / 1e3,
        metrics.median("operatorTime") / 1e3,
        rows / metrics.count("batches"),
        metrics.padding(),
        metrics.count("singleFlightHits"),
        cpuMillis);
  }

  /**
   * The run whose processor time is in the middle, or the lower of two. Medians of each group by
   * itself would be of different runs, and not add up.
   *
   * @param runs at least one
   */
  static Costs middle(List<Costs> runs) {
    return runs.stream()
        .sorted(Comparator.comparingDouble(Costs::allCpuMillis))
        .toList()
        .get((runs.size() - 1) / 2);
  }

  /** Processor time for 1,000 records, of all groups. */
  double allCpuMillis() {
    return cpuMillis.values().stream().mapToDouble(ms -> ms).sum();
  }
}
