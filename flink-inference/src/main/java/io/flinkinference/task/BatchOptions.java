package io.flinkinference.task;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * How large batches are.
 *
 * @param mode what decides
 * @param tokenBudget most padded tokens in a batch of more than one row; in the modes that measure,
 *     the most that they may choose
 * @param latencyTarget p99 from acceptance to emission, above 0 in the mode that keeps it, else 0
 * @param linger how long a record may wait for others to fill its batch; 0 for not at all
 * @param warmUp whether the engine runs before the first record; a must in the modes that measure
 */
public record BatchOptions(
    Mode mode, int tokenBudget, Duration latencyTarget, Duration linger, boolean warmUp)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** What decides on the size of batches. */
  public enum Mode {
    /** The token budget is that of the options. */
    FIXED,
    /** The token budget is the one in the model's inference.json; where it has none, as FIXED. */
    RECORDED,
    /** The token budget is the one with which the engine does most, by measurement at the start. */
    MEASURED,
    /** Token budget and tokens in flight follow a latency target. */
    LATENCY_TARGET;

    /** Whether it goes by what the warm-up measures. */
    public boolean needsWarmUp() {
      return this == MEASURED || this == LATENCY_TARGET;
    }
  }

  public BatchOptions {
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(latencyTarget, "latencyTarget");
    Objects.requireNonNull(linger, "linger");
    if (tokenBudget < 1) {
      throw new IllegalArgumentException(
          "inference.batch.token-budget is at least 1, not " + tokenBudget + ".");
    }
    if (linger.isNegative()) {
      throw new IllegalArgumentException(
          "inference.batch.linger is at least 0, not " + linger + ".");
    }
    boolean hasTarget = !latencyTarget.isZero() && !latencyTarget.isNegative();
    if (hasTarget != (mode == Mode.LATENCY_TARGET)) {
      throw new IllegalArgumentException(
          "inference.batch.mode is "
              + mode
              + ", and inference.batch.latency-target "
              + latencyTarget
              + ". A target is above 0, and of the mode LATENCY_TARGET.");
    }
    if (mode.needsWarmUp() && !warmUp) {
      throw new IllegalArgumentException("The mode " + mode + " needs the warm-up.");
    }
  }

  /** A fixed budget, without warm-up. */
  public static BatchOptions fixed(int tokenBudget) {
    return new BatchOptions(Mode.FIXED, tokenBudget, Duration.ZERO, Duration.ZERO, false);
  }
}
