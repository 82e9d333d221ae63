package io.flinkinference.benchmarks.peers;

import io.flinkinference.benchmarks.flink.BenchCluster;
import io.flinkinference.benchmarks.measure.Contender;
import io.flinkinference.benchmarks.measure.Sample;
import io.flinkinference.benchmarks.peers.job.Load;
import io.flinkinference.benchmarks.peers.job.MeasuredJob;
import io.flinkinference.benchmarks.peers.job.Measurement;
import io.flinkinference.benchmarks.peers.job.Step;

/**
 * A peer that runs a load. Loading the model and warming up are not in the sample.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
public final class JobContender implements Contender {

  private final Peer peer;
  private final BenchCluster cluster;
  private final Load load;
  private float[][] vectors = new float[0][];
  private long[] latencies = new long[0];

  public JobContender(Peer peer, BenchCluster cluster, Load load) {
    this.peer = peer;
    this.cluster = cluster;
    this.load = load;
  }

  @Override
  public String name() {
    return peer.name();
  }

  @Override
  public Sample run() throws Exception {
    int cores = Math.max(1, Runtime.getRuntime().availableProcessors() / load.subtasks());
    try (Measurement measurement = new Measurement(load);
        Step step = peer.opener().open(load.subtasks(), cores)) {
      MeasuredJob.run(cluster, step, measurement);
      vectors = measurement.vectors();
      latencies = measurement.latencies();
      return measurement.sample();
    }
  }

  /** The vector of each text in the last run. */
  float[][] vectors() {
    return vectors.clone();
  }

  /** Nanoseconds from the arrival of each text to its result in the last run. */
  public long[] latencies() {
    return latencies.clone();
  }
}
