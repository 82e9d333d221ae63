package io.flinkinference;

import io.flinkinference.task.Aggregation;
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

  /** How tokens become entities. */
  public static final ConfigOption<Aggregation> AGGREGATION =
      ConfigOptions.key("aggregation")
          .enumType(Aggregation.class)
          .defaultValue(Aggregation.SIMPLE)
          .withDescription(
              "How the labels of tokens become entities. NONE: each token with a label is one."
                  + " SIMPLE: neighbours of the same kind are one. FIRST, AVERAGE, MAX: the same for"
                  + " whole words, whose label is that of their first token, the best in the mean of"
                  + " their tokens, or that of the token that is surest.");

  /** Whether a text comes out without its entities. */
  public static final ConfigOption<Boolean> REDACT =
      ConfigOptions.key("redact")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Whether the result also has the text in which each entity is replaced by its label in"
                  + " brackets. A text that is too long for the model is a dead letter then.");

  private TaskOptions() {}
}
