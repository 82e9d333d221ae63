package io.flinkinference.tools.session;

import io.flinkinference.InferenceOptions;
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
}
