package io.flinkinference.tools.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import me.tongfei.progressbar.ProgressState;

/**
 * A bar with the time left, for work that takes longer than two seconds; of shorter one nothing is
 * seen. It is written to standard error, and only to a terminal.
 *
 * <p><b>Thread safety:</b> for any threads. One of its own shows it, also while a step is under
 * way.
 */
public final class Bar implements Progress.Work {

  private static final long SHORT_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final int UPDATE_MILLIS = 250;

  /** Set by the launcher: Java itself cannot tell for standard error alone. */
  private static final boolean IS_TERMINAL = Boolean.getBoolean("flinkinference.bars");

  private static final ScheduledExecutorService WATCH =
      Executors.newSingleThreadScheduledExecutor(Bar::thread);

  private final String what;
  private final long steps;
  private final LongSupplier clock;
  private final PrintStream errors;
  private final long start;

  // Guarded by this.
  private long done;
  private Future<?> watch;
  private ProgressBar bar;
  private boolean closed;

  /** Nanoseconds of all steps, by those done. Without the lock: close() waits for who reads it. */
  private volatile long expected;

  private Bar(String what, long steps, LongSupplier clock, PrintStream errors) {
    this.what = what;
    this.steps = steps;
    this.clock = clock;
    this.errors = errors;
    this.start = clock.getAsLong();
  }

  /**
   * Begins work.
   *
   * @param what it is, in a few words
   * @param steps that it has
   */
  public static Bar of(String what, long steps) {
    return of(what, steps, System::nanoTime, IS_TERMINAL, System.err);
  }

  /**
   * Begins work.
   *
   * @param clock of nanoseconds
   * @param errors where it is written to if that is a terminal
   */
  static Bar of(
      String what, long steps, LongSupplier clock, boolean isTerminal, PrintStream errors) {
    Bar bar = new Bar(what, steps, clock, errors);
    if (isTerminal) {
      bar.watch();
    }
    return bar;
  }

  private synchronized void watch() {
    watch =
        WATCH.scheduleWithFixedDelay(
            this::look, UPDATE_MILLIS, UPDATE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private synchronized void look() {
    long elapsed = elapsed();
    if (closed || elapsed <= SHORT_NANOS) {
      return;
    }
    watch.cancel(false); // From here on the bar draws itself.
    bar =
        new ProgressBarBuilder()
            .setTaskName(what)
            .setInitialMax(steps)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(UPDATE_MILLIS)
            .continuousUpdate()
            .setConsumer(new ConsoleProgressBarConsumer(errors))
            .setEtaFunction(this::left)
            .startsFrom(done, Duration.ofNanos(elapsed))
            .build();
  }

  /** Unknown before the first step, and where one takes longer than those before it. */
  private Optional<Duration> left(ProgressState state) {
    if (state.getCurrent() >= state.getMax()) {
      return Optional.of(Duration.ZERO);
    }
    long left = expected - elapsed();
    return left < 0 ? Optional.empty() : Optional.of(Duration.ofNanos(left));
  }

  private long elapsed() {
    return clock.getAsLong() - start;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "progress");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public synchronized void step() {
    done++;
    expected = (long) ((double) elapsed() / done * steps);
    if (bar != null) {
      bar.stepTo(done);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (watch != null) {
      watch.cancel(false);
    }
    if (bar != null) {
      bar.close();
    }
  }
}
