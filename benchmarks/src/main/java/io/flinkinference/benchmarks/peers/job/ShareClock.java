package io.flinkinference.benchmarks.peers.job;

import io.flinkinference.benchmarks.measure.Sample;
import io.flinkinference.benchmarks.measure.Stopwatch;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * The clock of a run. It stops when a subtask of the source has nothing left, for from then on
 * cores may wait for the others; what these still have does not count. A fixed part at the end
 * would not do: a side with large batches delivers all of it at once.
 *
 * <p>The others are in the middle of a batch then, of which nothing has come out. It counts by the
 * pace of its subtask: from what that delivered last until the stop, it did as much as before.
 *
 * <p><b>Thread safety:</b> any number of threads may use it at once.
 */
final class ShareClock {

  private final Load load;
  private final LongSupplier nanoTime;
  private final int[] left;

  /** Of each subtask, what came out, and when it delivered last. */
  private final long[] tokens;

  private final long[] deliveredNanos;

  private Stopwatch watch;
  private long startNanos;
  private Sample sample;

  ShareClock(Load load) {
    this(load, System::nanoTime);
  }

  ShareClock(Load load, LongSupplier nanoTime) {
    this.load = load;
    this.nanoTime = nanoTime;
    this.left = new int[load.subtasks()];
    Arrays.fill(left, load.measured() / load.subtasks());
    this.tokens = new long[load.subtasks()];
    this.deliveredNanos = new long[load.subtasks()];
  }

  synchronized void start() {
    watch = new Stopwatch();
    startNanos = nanoTime.getAsLong();
  }

  /** A text has come out, of those that are measured. */
  synchronized void add(int index) {
    if (sample != null) {
      return;
    }
    int subtask = index % left.length;
    tokens[subtask] += load.tokens(index);
    deliveredNanos[subtask] = Math.max(1, nanoTime.getAsLong() - startNanos);
    if (--left[subtask] == 0) {
      double done = done(deliveredNanos[subtask]);
      // As many texts as have that many tokens in the mean: a side may take short ones first.
      long records = Math.max(1, Math.round(done / load.tokens() * load.measured()));
      sample = watch.sample(records, Math.round(done));
    }
  }

  /** Tokens that all subtasks have done at a moment, those of batches under way among them. */
  private double done(long nanos) {
    double done = 0;
    for (int subtask = 0; subtask < left.length; subtask++) {
      if (deliveredNanos[subtask] > 0) { // Else there is nothing to tell a pace by.
        double byPace = (double) tokens[subtask] * nanos / deliveredNanos[subtask];
        done += Math.min(byPace, (double) load.tokensOf(subtask));
      }
    }
    return done;
  }

  /** What was measured; null before the end. */
  synchronized Sample sample() {
    return sample;
  }
}
