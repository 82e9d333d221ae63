package io.flinkinference.table;

import io.flinkinference.InferenceOptions;
import io.flinkinference.TaskCatalog;
import io.flinkinference.TaskDefinition;
import io.flinkinference.TaskOptions;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.config.MLPredictRuntimeConfigOptions;

/** Rejects options that would have no effect. */
final class OptionChecks {

  /** What is Flink's own asynchronous operator's to do in SQL. */
  static final Set<ConfigOption<?>> OF_THE_OPERATOR =
      Set.of(
          InferenceOptions.MAX_RECORDS_IN_FLIGHT,
          InferenceOptions.MAX_TOKENS_IN_FLIGHT,
          InferenceOptions.LATENCY_TARGET,
          InferenceOptions.OPEN_LIMIT);

  private OptionChecks() {}

  static void rejectThoseOfTheOperator(Map<String, String> options) {
    for (ConfigOption<?> option : OF_THE_OPERATOR) {
      if (options.containsKey(option.key())) {
        throw new ValidationException(
            "'"
                + option.key()
                + "' has no effect in SQL, where Flink's own operator opens the model and decides how"
                + " much is in flight. Leave it out; how much is in flight is set by '"
                + MLPredictRuntimeConfigOptions.ASYNC_MAX_CONCURRENT_OPERATIONS.key()
                + "' in the CONFIG of ML_PREDICT.");
      }
    }
  }

  static void rejectThoseOfOtherTasks(TaskDefinition<?> task, ReadableConfig options) {
    for (ConfigOption<?> option : TaskCatalog.options()) {
      if (!task.options().contains(option) && options.getOptional(option).isPresent()) {
        throw new ValidationException(
            "'"
                + option.key()
                + "' is no option of the task "
                + task.name()
                + ". Leave it out, or set '"
                + OnnxModelOptions.TASK.key()
                + "' to one that has it: "
                + String.join(", ", TaskCatalog.having(option))
                + ".");
      }
    }
  }

  static void requireLabelsForTopK(OutputSchema<?> output, ReadableConfig options) {
    if (options.getOptional(TaskOptions.TOP_K).isPresent()
        && !output.names().contains(ClassificationColumns.LABELS)) {
      throw new ValidationException(
          "'"
              + TaskOptions.TOP_K.key()
              + "' says how many labels the column labels holds, but OUTPUT has no such column. Add"
              + " labels ARRAY<ROW<label STRING, score DOUBLE>> to it, or leave the option out.");
    }
  }
}
