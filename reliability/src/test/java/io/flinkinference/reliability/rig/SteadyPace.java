package io.flinkinference.reliability.rig;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * So many records a second, as even as the clock allows. Load that the job does not take at once
 * waits, as in a topic, but no more than a second's worth.
 *
 * <p><b>Thread safety:</b> the rate may be set by any thread at any time.
 */
public final class SteadyPace implements Pace {

  private static final long MOST_BEHIND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private volatile double recordsPerSecond = Double.POSITIVE_INFINITY;

  /** Sets the rate of all subtasks together; infinite for as fast as records are taken. */
  public void set(double perSecond) {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("A rate is above 0, not " + perSecond + ".");
    }
    recordsPerSecond = perSecond;
  }

  @Override
  public Gate gate(int subtasks) {
    return new SteadyGate(subtasks);
  }

  private final class SteadyGate implements Gate {

    private final int subtasks;
    private long dueNanos = System.nanoTime();

    SteadyGate(int subtasks) {
      this.subtasks = subtasks;
    }

    @Override
    public CompletableFuture<Void> next() {
      double rate = recordsPerSecond;
      long now = System.nanoTime();
      long gap = (long) (TimeUnit.SECONDS.toNanos(1) * subtasks / rate); // 0 if it is infinite.
      dueNanos = Math.max(dueNanos, now - MOST_BEHIND_NANOS) + gap;
      long wait = gap == 0 ? 0 : dueNanos - now;
      CompletableFuture<Void> due = new CompletableFuture<>();
      if (wait <= 0) {
        due.complete(null);
        return due;
      }
      return due.completeOnTimeout(null, wait, TimeUnit.NANOSECONDS);
    }
  }
}
