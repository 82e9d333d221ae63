package io.flinkinference.benchmarks.peers.job;

import io.flinkinference.benchmarks.measure.Sample;
import io.flinkinference.benchmarks.measure.Stopwatch;
import java.util.Arrays;

/**
 * The clock of a run. It stops when a subtask of the source has nothing left, for from then on
 * cores may wait for the others; what these still have does not count. A fixed part at the end
 * would not do: a side with large batches delivers all of it at once.
 *
 * <p><b>Thread safety:</b> any number of threads may use it at once.
 */
final class ShareClock {

  private final Load load;
  private final int[] left;

  private Stopwatch watch;
  private long tokens;
  private Sample sample;

  ShareClock(Load load) {
    this.load = load;
    this.left = new int[load.subtasks()];
    Arrays.fill(left, load.measured() / load.subtasks());
  }

  synchronized void start() {
    watch = new Stopwatch();
  }

  /** A text has come out, of those that are measured. */
  synchronized void add(int index) {
    tokens += load.tokens(index);
    if (--left[index % left.length] == 0 && sample == null) {
      // As many texts as have that many tokens in the mean: a side may take short ones first.
      double part = (double) tokens / load.tokens();
      sample = watch.sample(Math.max(1, Math.round(part * load.measured())), tokens);
    }
  }

  /** What was measured; null before the end. */
  synchronized Sample sample() {
    return sample;
  }
}
