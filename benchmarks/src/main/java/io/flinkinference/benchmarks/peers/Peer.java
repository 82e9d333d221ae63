package io.flinkinference.benchmarks.peers;

import io.flinkinference.benchmarks.peers.job.Step;

/**
 * A way to score texts in a Flink job.
 *
 * @param name in tables and plots
 * @param setting how it is configured, in a line
 * @param subtaskACore whether its job in {@code bench texts} has a subtask a core, or one that uses
 *     all of them; {@code bench peers} tries both
 * @param opener builds its step for a run
 */
public record Peer(String name, String setting, boolean subtaskACore, Opener opener) {

  /** Fewer, and it would be the last text of a subtask that decides. */
  static final int LEAST_TEXTS_OF_A_SUBTASK = 16;

  /** One whose job has one subtask there. */
  public Peer(String name, String setting, Opener opener) {
    this(name, setting, false, opener);
  }

  /** The same with the graph that the project runs. */
  Peer onOwnGraph() {
    return new Peer(
        name + ", same graph", setting + ", on the graph of " + Product.NAME, subtaskACore, opener);
  }

  /** Parallelism of its job in {@code bench texts}. */
  public int subtasks(int texts, int cores) {
    return subtaskACore ? Math.max(1, Math.min(cores, texts / LEAST_TEXTS_OF_A_SUBTASK)) : 1;
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
