package io.flinkinference.benchmarks.bare;

/**
 * How an engine is run.
 *
 * @param tokenBudget most padded tokens of a batch of more than one row
 * @param callers runs at once
 * @param intraOpThreads threads of each run
 */
public record Shape(int tokenBudget, int callers, int intraOpThreads) {

  @Override
  public String toString() {
    return "%d tokens a run, %d at a time on %d thread%s each"
        .formatted(tokenBudget, callers, intraOpThreads, intraOpThreads == 1 ? "" : "s");
  }
}
