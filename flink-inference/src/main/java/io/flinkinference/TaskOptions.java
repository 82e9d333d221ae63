package io.flinkinference;

import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/**
 * The options of tasks, for those who name a task instead of calling {@link Tasks}: a job's file,
 * SQL, the command line. {@link TaskCatalog} says which task has which.
 */
public final class TaskOptions {

  /** Labels in a result. */
  public static final ConfigOption<Integer> TOP_K =
      ConfigOptions.key("top-k")
          .intType()
          .noDefaultValue()
          .withDescription(
              "Most labels in a result, at least 1, the best first; all unless it is set.");

  /** Labels of the user's choice. */
  public static final ConfigOption<Map<String, String>> LABELS =
      ConfigOptions.key("labels")
          .mapType()
          .noDefaultValue()
          .withDescription("The labels, each with a description in words.");

  /** How sharply labels are told apart. */
  public static final ConfigOption<Double> TEMPERATURE =
      ConfigOptions.key("temperature")
          .doubleType()
          .defaultValue(0.05)
          .withDescription("Above 0; the lower, the more the best label takes of the score.");

  private TaskOptions() {}
}
