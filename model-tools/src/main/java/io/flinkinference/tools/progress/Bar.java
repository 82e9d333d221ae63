package io.flinkinference.tools.progress;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A bar with the time left, for work that takes longer than two seconds; of shorter one nothing is
 * seen. It is written to standard error, and only to a terminal.
 *
 * <p><b>Thread safety:</b> for any threads.
 */
public final class Bar implements Progress.Work {

  private static final long SHORT_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final int UPDATE_MILLIS = 250;

  // Later Java always has a console; then a bar in a file is the worst that can come of it.
  @SuppressWarnings("SystemConsoleNull")
  private static final boolean IS_TERMINAL = System.console() != null;

  private final String what;
  private final long steps;
  private final long start = System.nanoTime();
  private long done;
  private ProgressBar bar;

  private Bar(String what, long steps) {
    this.what = what;
    this.steps = steps;
  }

  /**
   * Begins work.
   *
   * @param what it is, in a few words
   * @param steps that it has
   */
  public static Bar of(String what, long steps) {
    return new Bar(what, steps);
  }

  @Override
  public synchronized void step() {
    done++;
    if (bar != null) {
      bar.stepTo(done);
    } else if (IS_TERMINAL && System.nanoTime() - start > SHORT_NANOS) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(what)
              .setInitialMax(steps)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(UPDATE_MILLIS)
              .startsFrom(done, Duration.ofNanos(System.nanoTime() - start))
              .build();
    }
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
