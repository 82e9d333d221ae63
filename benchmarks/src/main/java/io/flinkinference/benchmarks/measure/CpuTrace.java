package io.flinkinference.benchmarks.measure;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * Which threads spent the processor's time, looked at a few times a second, so that a part of a run
 * can be told afterwards. Time that the process spent but none of its Java threads did is the JVM's
 * own: garbage collection, compilers.
 *
 * <p><b>Thread safety:</b> a thread of its own looks; the rest is for one thread.
 */
public final class CpuTrace implements AutoCloseable {

  /** The group of what no Java thread spent. */
  public static final String JVM = "JVM: garbage collection, compilers";

  private static final long PERIOD_MILLIS = 200;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final UnaryOperator<String> groupOf;
  private final ProcessHandle other;
  private final String otherName;
  private final Map<Long, String> groups = new HashMap<>();
  private final Map<Long, Long> nanosOf = new HashMap<>();
  private final List<Look> looks = new ArrayList<>(); // Guarded by this.
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "cpu-trace");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Begins to look.
   *
   * @param groupOf the group of a thread, by its name
   * @param otherName group of another process
   * @param other that process
   */
  public CpuTrace(UnaryOperator<String> groupOf, String otherName, ProcessHandle other) {
    this.groupOf = groupOf;
    this.otherName = otherName;
    this.other = other;
    // A look that fails ends them all, which shows: there is none at the end then.
    var unused = clock.scheduleAtFixedRate(this::look, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  private synchronized void look() {
    for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
      if (thread != null) { // It may have ended meanwhile.
        long nanos = THREADS.getThreadCpuTime(thread.getThreadId());
        groups.computeIfAbsent(thread.getThreadId(), id -> groupOf.apply(thread.getThreadName()));
        if (nanos >= 0) {
          nanosOf.put(thread.getThreadId(), nanos);
        }
      }
    }
    Map<String, Long> spent = new LinkedHashMap<>();
    nanosOf.forEach((id, nanos) -> spent.merge(groups.get(id), nanos, Long::sum));
    long java = nanosOf.values().stream().mapToLong(Long::longValue).sum();
    spent.put(JVM, Math.max(0, Stopwatch.processCpuNanos() - java));
    other.info().totalCpuDuration().ifPresent(time -> spent.put(otherName, time.toNanos()));
    looks.add(new Look(System.currentTimeMillis(), spent));
  }

  /**
   * What each group spent between two moments.
   *
   * @param fromMillis of the wall clock
   * @param toMillis of the wall clock
   * @return nanoseconds of the processor
   */
  public synchronized Map<String, Long> between(long fromMillis, long toMillis) {
    Map<String, Long> from = at(fromMillis);
    Map<String, Long> spent = new LinkedHashMap<>();
    at(toMillis)
        .forEach(
            (group, nanos) -> spent.put(group, Math.max(0, nanos - from.getOrDefault(group, 0L))));
    return spent;
  }

  /** Between two looks, what was spent is taken to grow evenly. */
  private Map<String, Long> at(long millis) {
    Look before = looks.get(0);
    for (Look look : looks) {
      if (look.millis >= millis) {
        return before.towards(look, millis);
      }
      before = look;
    }
    return before.spent;
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }

  private record Look(long millis, Map<String, Long> spent) {

    private Map<String, Long> towards(Look later, long when) {
      double share =
          later.millis == millis ? 1 : (double) (when - millis) / (later.millis - millis);
      Map<String, Long> between = new LinkedHashMap<>();
      later.spent.forEach(
          (group, nanos) -> {
            long start = spent.getOrDefault(group, 0L);
            between.put(group, start + Math.round((nanos - start) * Math.max(0, share)));
          });
      return between;
    }
  }
}
