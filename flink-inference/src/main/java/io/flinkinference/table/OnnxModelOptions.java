package io.flinkinference.table;

import io.flinkinference.TaskCatalog;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/**
 * The options of a model of the provider {@code onnx} beside {@link
 * io.flinkinference.InferenceOptions}; with those of {@link io.flinkinference.TaskOptions}. A table
 * of docs/sql.md is made from this class.
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

  /** All options, in the order of the documentation, those of the tasks among them. */
  public static final List<ConfigOption<?>> ALL =
      Stream.of(List.of(PATH, TASK), TaskCatalog.options(), List.of(ERROR_HANDLING))
          .<ConfigOption<?>>flatMap(List::stream)
          .toList();

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
