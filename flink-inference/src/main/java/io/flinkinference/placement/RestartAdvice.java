package io.flinkinference.placement;

import java.util.Optional;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a job wait for TaskManagers. While there is none with a GPU, each start fails for lack of
 * slots and counts as a restart, so a strategy that counts attempts gives up.
 */
final class RestartAdvice {

  private static final Logger LOG = LoggerFactory.getLogger(RestartAdvice.class);

  private static final String PATIENT = "exponential-delay";
  private static final Set<String> SPELLINGS = Set.of(PATIENT, "exponentialdelay");

  private RestartAdvice() {}

  static void apply(StreamExecutionEnvironment env) {
    ReadableConfig config = env.getConfiguration();
    Optional<String> strategy = config.getOptional(RestartStrategyOptions.RESTART_STRATEGY);
    if (strategy.isEmpty()) {
      Configuration patient = new Configuration();
      patient.set(RestartStrategyOptions.RESTART_STRATEGY, PATIENT);
      env.configure(patient);
      LOG.info(
          "{} is {} for this job, whatever the cluster has, so that it waits for TaskManagers. Set it"
              + " for the job to have another.",
          RestartStrategyOptions.RESTART_STRATEGY.key(),
          PATIENT);
    } else if (!SPELLINGS.contains(strategy.get())) {
      LOG.warn(
          "{} is {}. While no TaskManager has the resources that this job asks for, each attempt to"
              + " start it counts, and the job fails when they are used up. With {} it waits.",
          RestartStrategyOptions.RESTART_STRATEGY.key(),
          strategy.get(),
          PATIENT);
    }
  }
}
