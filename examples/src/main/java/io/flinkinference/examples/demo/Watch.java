package io.flinkinference.examples.demo;

import io.flinkinference.examples.figures.PhaseFigures;
import io.flinkinference.examples.screen.ProgressView;
import io.flinkinference.examples.screen.Terminal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Waits for work that others do, shows how far it is, and does not wait for ever: a part that
 * fails, a job that ends and a result that never comes all end the wait.
 *
 * <p>Owned by one thread.
 */
final class Watch {

  private static final Duration LIVE_INTERVAL = Duration.ofMillis(200);
  private static final Duration PLAIN_INTERVAL = Duration.ofSeconds(2);

  private final Terminal terminal;
  private final Health health;
  private final Duration patience;
  private long progress;
  private long progressNanos;
  private long shownNanos;

  /**
   * @param health is asked again and again
   * @param patience longest time without any progress
   */
  Watch(Terminal terminal, Health health, Duration patience) {
    this.terminal = terminal;
    this.health = health;
    this.patience = patience;
  }

  /**
   * Waits for a phase.
   *
   * @param name of the phase
   * @param figures of the phase by now
   * @param done whether it is complete
   * @param workers must not fail
   * @return whether it became complete; false if nothing happened for too long
   */
  boolean until(
      String name,
      Supplier<PhaseFigures> figures,
      BooleanSupplier done,
      List<? extends Future<?>> workers)
      throws InterruptedException, ExecutionException {
    progress = -1;
    shownNanos = System.nanoTime();
    while (!done.getAsBoolean()) {
      health.check();
      for (Future<?> worker : workers) {
        if (worker.isDone()) {
          worker.get();
        }
      }
      PhaseFigures now = figures.get();
      if (isStalled(now)) {
        terminal.print(
            "  Nothing has come back for %d s; the wait ends here."
                .formatted(patience.toSeconds()));
        return false;
      }
      show(name, now);
      TimeUnit.NANOSECONDS.sleep(LIVE_INTERVAL.toNanos());
    }
    terminal.renew(ProgressView.of(name, figures.get()));
    terminal.keepRenewed();
    return true;
  }

  private boolean isStalled(PhaseFigures now) {
    long count = (long) now.sent() + now.scored() + now.deadLettered();
    if (count != progress) {
      progress = count;
      progressNanos = System.nanoTime();
    }
    return System.nanoTime() - progressNanos > patience.toNanos();
  }

  private void show(String name, PhaseFigures now) {
    long interval = (terminal.isLive() ? LIVE_INTERVAL : PLAIN_INTERVAL).toNanos();
    if (System.nanoTime() - shownNanos >= interval) {
      terminal.renew(ProgressView.of(name, now));
      shownNanos += interval;
    }
  }

  /** Tells whether what the work depends on is still there. */
  @FunctionalInterface
  interface Health {
    /** Throws an exception that says what has ended, and why. */
    void check() throws InterruptedException, ExecutionException;
  }
}
