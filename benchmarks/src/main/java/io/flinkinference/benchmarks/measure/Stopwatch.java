package io.flinkinference.benchmarks.measure;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Time on the wall and of this process's processors, from its making on. */
public final class Stopwatch {

  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final long startNanos = System.nanoTime();
  private final long startCpuNanos = processCpuNanos();

  /** What was done since. */
  public Sample sample(long records, long tokens) {
    return new Sample(
        records,
        tokens,
        Math.max(1, System.nanoTime() - startNanos),
        processCpuNanos() - startCpuNanos);
  }

  /** Processor time of this process since it began, of all its threads. */
  public static long processCpuNanos() {
    return SYSTEM.getProcessCpuTime();
  }
}
