package io.flinkinference.benchmarks.peers.step;

import io.flinkinference.benchmarks.peers.job.NumberedText;
import io.flinkinference.benchmarks.peers.job.NumberedVector;
import io.flinkinference.benchmarks.peers.job.Step;
import java.util.concurrent.TimeUnit;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.functions.async.AsyncFunction;

/** Flink's asynchronous operator around a function. */
final class AsyncStep {

  /** A call may wait as long as the whole run takes: nothing is to be given up. */
  private static final long TIMEOUT_MINUTES = 60;

  private AsyncStep() {}

  /**
   * Results leave as they come.
   *
   * @param capacity records that are accepted at once
   */
  static Step unordered(AsyncFunction<NumberedText, NumberedVector> function, int capacity) {
    return texts ->
        AsyncDataStream.unorderedWait(texts, function, TIMEOUT_MINUTES, TimeUnit.MINUTES, capacity);
  }
}
