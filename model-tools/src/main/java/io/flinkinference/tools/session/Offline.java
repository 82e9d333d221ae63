package io.flinkinference.tools.session;

import io.flinkinference.InferenceOptions;
import io.flinkinference.task.BatchOptions;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;

/** Options of the operator's engine for work that nobody waits for by the second. */
public final class Offline {

  /** A machine that builds something else meanwhile is slow, and no engine that hangs. */
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private Offline() {}

  /** New options, which may be changed. */
  public static Configuration options() {
    Configuration options = new Configuration();
    options.set(InferenceOptions.TIME_LIMIT, PATIENCE);
    return options;
  }

  /** New options by which each text runs alone: what is beside it changes what some models say. */
  public static Configuration alone() {
    Configuration options = options();
    // To find the best budget takes longer than texts that run alone do without.
    options.set(InferenceOptions.WARM_UP, false);
    options.set(InferenceOptions.BATCH_MODE, BatchOptions.Mode.FIXED);
    options.set(InferenceOptions.TOKEN_BUDGET, 1);
    return options;
  }
}
