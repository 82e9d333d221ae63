package io.flinkinference.tools.progress;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** A bar with the time left for each work, on a stream that people look at. */
public final class Bars implements Progress {

  private static final int REFRESH_MILLIS = 500;

  private final PrintStream out;

  /**
   * @param out standard error, as results go to standard output
   */
  public Bars(PrintStream out) {
    this.out = out;
  }

  @Override
  public Work begin(String what, long steps) {
    ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName(what)
            .setInitialMax(steps)
            .setUpdateIntervalMillis(REFRESH_MILLIS)
            .setConsumer(new ConsoleProgressBarConsumer(out))
            .build();
    return new Work() {
      @Override
      public void step() {
        bar.step();
      }

      @Override
      public void close() {
        bar.close();
      }
    };
  }
}
