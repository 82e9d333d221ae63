package io.flinkinference.tools.compare;

import com.sun.management.OperatingSystemMXBean;
import io.flinkinference.tools.evaluate.Answers;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/**
 * How long a model takes for all texts in batches. They are scored again and again for some
 * seconds, for a small model is through with a thousand of them in one.
 *
 * @param answers of the first time
 * @param seconds median
 * @param cpuSeconds mean of the process's processor time, which systems count in steps of 10 ms
 */
record Throughput(Answers answers, double seconds, double cpuSeconds) {

  private static final Duration LONG_ENOUGH = Duration.ofSeconds(3);

  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  /**
   * Measures.
   *
   * @param scoring scores all texts, and calls what it is given with each
   * @param done called with each text, the first time
   */
  static Throughput measure(Function<Runnable, Answers> scoring, Runnable done) {
    Histogram nanos = new Histogram(3);
    long end = System.nanoTime() + LONG_ENOUGH.toNanos();
    long cpu = PROCESS.getProcessCpuTime();
    Answers first = timed(scoring, done, nanos);
    while (System.nanoTime() < end && !first.predictions().isEmpty()) {
      timed(scoring, () -> {}, nanos);
    }
    double cpuNanos = PROCESS.getProcessCpuTime() - cpu;
    return new Throughput(
        first, nanos.getValueAtPercentile(50) / 1e9, cpuNanos / nanos.getTotalCount() / 1e9);
  }

  private static Answers timed(
      Function<Runnable, Answers> scoring, Runnable done, Histogram nanos) {
    long start = System.nanoTime();
    Answers answers = scoring.apply(done);
    nanos.recordValue(System.nanoTime() - start);
    return answers;
  }
}
