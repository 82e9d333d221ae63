package io.flinkinference.benchmarks.peers;

import io.flinkinference.benchmarks.measure.Contender;
import io.flinkinference.benchmarks.measure.Sample;

/**
 * A side with a parallelism of its job.
 *
 * @param side as tables call it
 * @param subtasks of its job
 * @param job what runs
 */
record Variant(String side, int subtasks, JobContender job) implements Contender {

  @Override
  public String name() {
    return side + ", parallelism " + subtasks;
  }

  @Override
  public Sample run() throws Exception {
    return job.run();
  }
}
