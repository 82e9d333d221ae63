package io.flinkinference.table;

import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/**
 * The options of a model of the provider {@code onnx} beside {@link
 * io.flinkinference.InferenceOptions}. A table of docs/sql.md is made from this class.
 */
public final class OnnxModelOptions {

  /** Which model. */
  public static final ConfigOption<String> PATH =
      ConfigOptions.key("path")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "A model directory, which every TaskManager finds at this path, or the name of a"
                  + " bundled model. Looked for where the job runs.");

  /** What is asked of the model. */
  public static final ConfigOption<String> TASK =
      ConfigOptions.key("task")
          .stringType()
          .noDefaultValue()
          .withDescription("What is asked of the model: a name of the table of tasks.");

  /** Labels in a result. */
  public static final ConfigOption<Integer> TOP_K =
      ConfigOptions.key("top-k")
          .intType()
          .noDefaultValue()
          .withDescription("Most labels in the column labels, at least 1; all unless it is set.");

  /** Labels of the user's choice. */
  public static final ConfigOption<Map<String, String>> LABELS =
      ConfigOptions.key("labels")
          .mapType()
          .noDefaultValue()
          .withDescription(
              "The labels, each with a description in words: 'labels.economy' = 'banks, taxes and"
                  + " trade'.");

  /** How sharply labels are told apart. */
  public static final ConfigOption<Double> TEMPERATURE =
      ConfigOptions.key("temperature")
          .doubleType()
          .defaultValue(0.05)
          .withDescription("Above 0; the lower, the more the best label takes of the score.");

  /** What becomes of texts that cannot be scored. */
  public static final ConfigOption<ErrorHandling> ERROR_HANDLING =
      ConfigOptions.key("error-handling")
          .enumType(ErrorHandling.class)
          .noDefaultValue()
          .withDescription(
              "What becomes of a text that cannot be scored. COLUMN: the columns of the result are"
                  + " NULL, and the column error, or error_reason, says why. NULL: they are NULL."
                  + " FAIL: the job fails. Unless it is set, COLUMN where OUTPUT has such a column,"
                  + " else FAIL.");

  /** All options, in the order of the documentation. */
  public static final List<ConfigOption<?>> ALL =
      List.of(PATH, TASK, LABELS, TEMPERATURE, TOP_K, ERROR_HANDLING);

  private OnnxModelOptions() {}

  /** What to do with a text that cannot be scored. */
  public enum ErrorHandling {
    /** Its result is NULL. */
    NULL,
    /** Its result is NULL, and a column says why. */
    COLUMN,
    /** The job fails. */
    FAIL
  }
}
