package io.flinkinference.task;

import io.flinkinference.batch.Batcher;
import io.flinkinference.batch.Entry;
import io.flinkinference.batch.LatencyControl;
import io.flinkinference.batch.RunCost;
import io.flinkinference.batch.ShapeRounding;
import io.flinkinference.batch.TokenBudget;
import io.flinkinference.batch.TokenBudgetPolicy;
import io.flinkinference.model.InferenceFile;
import io.flinkinference.runtime.LoadedModel;
import io.flinkinference.runtime.WarmUp.Measured;
import java.util.Optional;

/**
 * What decides on the size of one subtask's batches: its options, and what the warm-up found.
 *
 * @param budget of the batches
 * @param cost of engine runs
 * @param rounding of the batches
 * @param latency keeps a latency target, where there is one
 * @param warmUpNanos how long the engine's warm-up took; 0 where there was none
 */
public record BatchSizing(
    TokenBudget budget,
    RunCost cost,
    ShapeRounding rounding,
    Optional<LatencyControl> latency,
    long warmUpNanos) {

  /**
   * Warms the engine up, unless it is warm, and decides.
   *
   * @param maxTokensInFlight the most that a subtask may have in flight
   * @throws InterruptedException if the caller is interrupted meanwhile
   */
  public static BatchSizing of(BatchOptions options, LoadedModel model, int maxTokensInFlight)
      throws InterruptedException {
    int wanted = wanted(options, model, maxTokensInFlight);
    if (!options.warmUp()) {
      return new BatchSizing(
          new TokenBudget(wanted), RunCost.TYPICAL, model.engine().rounding(), Optional.empty(), 0);
    }
    boolean measures = options.mode() == BatchOptions.Mode.MEASURED;
    Measured measured = model.warmUp().run(wanted, measures);
    RunCost cost = measured.cost();
    int inTime = Math.min(wanted, measured.mostTokensInTime());
    int most = measures ? Math.min(measured.bestBudget(), inTime) : inTime;
    TokenBudget budget = new TokenBudget(most);
    Optional<LatencyControl> latency =
        options.mode() == BatchOptions.Mode.LATENCY_TARGET
            ? Optional.of(
                new LatencyControl(
                    options.latencyTarget().toNanos(),
                    cost,
                    model.executor()::share,
                    maxTokensInFlight,
                    budget))
            : Optional.empty();
    return new BatchSizing(budget, cost, model.engine().rounding(), latency, measured.nanos());
  }

  private static int wanted(BatchOptions options, LoadedModel model, int maxTokensInFlight) {
    if (options.mode() != BatchOptions.Mode.RECORDED) {
      return options.tokenBudget();
    }
    int recorded =
        InferenceFile.of(model.model())
            .tokenBudget(model.engine().device().toString())
            .orElse(options.tokenBudget());
    return Math.min(recorded, maxTokensInFlight);
  }

  /** A batcher of these sizes. */
  public <E extends Entry<?>> Batcher<E> batcher(BatchOptions options) {
    return new Batcher<>(new TokenBudgetPolicy(cost, rounding), budget, options.linger().toNanos());
  }
}
