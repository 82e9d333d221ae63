package io.flinkinference.placement;

import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.SchedulerExecutionMode;

/** Refuses the scheduler that passes over what slot sharing groups ask for, without a word. */
final class SchedulerCheck {

  private SchedulerCheck() {}

  static void check(ReadableConfig config) {
    if (config.get(JobManagerOptions.SCHEDULER_MODE) == SchedulerExecutionMode.REACTIVE) {
      refuse(JobManagerOptions.SCHEDULER_MODE.key(), "reactive");
    }
    if (config.get(JobManagerOptions.SCHEDULER) == JobManagerOptions.SchedulerType.Adaptive) {
      refuse(JobManagerOptions.SCHEDULER.key(), "adaptive");
    }
  }

  private static void refuse(String key, String value) {
    throw new IllegalArgumentException(
        key
            + " is "
            + value
            + ", and that scheduler passes over the resources that slots ask for: the inference"
            + " would run on TaskManagers without GPU. Remove "
            + key
            + " from the configuration of the cluster, or take the placement CPU without a label,"
            + " or AUTO.");
  }
}
