package io.flinkinference.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CpuTraceTest {

  private static final long BUSY_NANOS = Duration.ofMillis(700).toNanos();

  @Test
  void aBusyThreadIsFoundInItsGroup() throws InterruptedException {
    try (CpuTrace trace =
        new CpuTrace(
            thread -> thread.startsWith("busy-") ? "busy" : "others",
            "another process",
            ProcessHandle.current())) {
      long from = System.currentTimeMillis();
      Thread busy = new Thread(CpuTraceTest::work, "busy-1");
      busy.start();
      busy.join();
      Map<String, Long> spent = trace.between(from, System.currentTimeMillis());
      // The last look may be 200 ms old.
      assertThat(spent.get("busy")).isGreaterThan(BUSY_NANOS / 3);
      assertThat(spent.get("busy")).isGreaterThan(spent.get("others"));
      assertThat(spent).containsKeys("another process", CpuTrace.JVM);
    }
  }

  private static void work() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    while (threads.getCurrentThreadCpuTime() < BUSY_NANOS) {
      Thread.onSpinWait();
    }
  }
}
