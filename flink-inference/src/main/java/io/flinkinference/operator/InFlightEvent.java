package io.flinkinference.operator;

import org.apache.flink.util.function.ThrowingRunnable;

/** A watermark, a watermark status or the like that waits for the records before it. */
final class InFlightEvent extends InFlight {

  private final ThrowingRunnable<Exception> forward;

  InFlightEvent(ThrowingRunnable<Exception> forward) {
    this.forward = forward;
  }

  void forward() throws Exception {
    forward.run();
  }

  @Override
  int tokens() {
    return 0;
  }

  @Override
  boolean isDone() {
    return true;
  }

  @Override
  boolean isBarrier() {
    return true;
  }
}
