package io.flinkinference.testing;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.Device;
import io.flinkinference.engine.InferenceEngine;
import io.flinkinference.engine.TensorSpec;
import java.time.Duration;
import java.util.List;

/** An engine that declares outputs and cannot run; others are made of it. */
public class IdleEngine implements InferenceEngine {

  private final List<TensorSpec> outputs;

  /** Declares these outputs. */
  public IdleEngine(TensorSpec... outputs) {
    this.outputs = List.of(outputs);
  }

  @Override
  public <T> T run(TokenBatch batch, OutputReader<T> reader) {
    throw new UnsupportedOperationException("idle");
  }

  @Override
  public List<TensorSpec> outputs() {
    return outputs;
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

  @Override
  public void close() {}
}
