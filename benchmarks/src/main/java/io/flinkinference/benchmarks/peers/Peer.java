package io.flinkinference.benchmarks.peers;

import io.flinkinference.benchmarks.peers.job.Step;

/**
 * A way to score texts in a Flink job.
 *
 * @param name in tables and plots
 * @param setting how it is configured, in a line
 * @param opener builds its step for a run
 */
public record Peer(String name, String setting, Opener opener) {

  /** The same with the graph that the project runs. */
  public Peer onOwnGraph() {
    return new Peer(name + ", same graph", setting + ", on the graph of " + Product.NAME, opener);
  }

  /** Builds the step of one run. */
  @FunctionalInterface
  public interface Opener {
    /**
     * Builds a step.
     *
     * @param subtasks parallelism of the job
     * @param coresEach processors for each subtask, at least 1
     */
    Step open(int subtasks, int coresEach) throws Exception;
  }
}
