package io.flinkinference.runtime;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.Device;
import io.flinkinference.engine.InferenceEngine;
import io.flinkinference.engine.TensorSpec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** An engine that only says how many of it are open. */
final class CountedEngine implements InferenceEngine {

  private final AtomicInteger open;
  volatile boolean closed;

  /**
   * @param open falls by one when this is closed
   */
  CountedEngine(AtomicInteger open) {
    this.open = open;
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.parkNanos(1_000);
    open.decrementAndGet();
  }

  @Override
  public <T> T run(TokenBatch batch, OutputReader<T> reader) {
    throw new UnsupportedOperationException("counts only");
  }

  @Override
  public List<TensorSpec> outputs() {
    return List.of();
  }

  @Override
  public Device device() {
    return Device.CPU;
  }

  @Override
  public int concurrency() {
    return 1;
  }

  @Override
  public Duration runLimit() {
    return Duration.ofMinutes(1);
  }
}
