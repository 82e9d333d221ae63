package io.flinkinference.table;

import io.flinkinference.InferenceTask;
import io.flinkinference.ScoringSpec;
import io.flinkinference.TaskCatalog;
import io.flinkinference.TaskDefinition;
import io.flinkinference.table.OnnxModelOptions.ErrorHandling;
import io.flinkinference.task.ClassificationTask;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.ResolvedCatalogModel;

/** From what CREATE MODEL says to what scores; all that can be checked without files is. */
final class Declaration {

  private Declaration() {}

  /**
   * Checks options and columns of a model.
   *
   * @throws ValidationException if they do not fit each other
   * @throws IllegalArgumentException if an option is out of range
   */
  static PredictSpec<?> check(ResolvedCatalogModel model, ReadableConfig options) {
    return check(TaskCatalog.named(options.get(OnnxModelOptions.TASK)), model, options);
  }

  private static <R> PredictSpec<R> check(
      TaskDefinition<R> task, ResolvedCatalogModel model, ReadableConfig options) {
    OptionChecks.rejectThoseOfOtherTasks(task, options);
    InferenceTask<R> asked = task.task(options);
    InputSchema.check(
        model.getResolvedInputSchema().getColumns(),
        asked.task().form().needsPair(),
        asked.task() instanceof ClassificationTask);
    OutputSchema<R> output =
        OutputSchema.of(task.name(), asked, model.getResolvedOutputSchema().getColumns());
    OptionChecks.requireLabelsForTopK(output, options);
    return new PredictSpec<>(
        ScoringSpec.of(options.get(OnnxModelOptions.PATH), asked, options),
        output.writer(),
        errorHandling(output, options));
  }

  private static ErrorHandling errorHandling(OutputSchema<?> output, ReadableConfig options) {
    ErrorHandling handling =
        options
            .getOptional(OnnxModelOptions.ERROR_HANDLING)
            .orElse(output.hasErrorColumn() ? ErrorHandling.COLUMN : ErrorHandling.FAIL);
    if ((handling == ErrorHandling.COLUMN) != output.hasErrorColumn()) {
      throw new ValidationException(
          "'"
              + OnnxModelOptions.ERROR_HANDLING.key()
              + "' is '"
              + handling
              + "', "
              + (output.hasErrorColumn()
                  ? "but OUTPUT has a column for errors, which would always be NULL. Leave the"
                      + " column out, or set 'COLUMN'."
                  : "but OUTPUT has no column for errors. Add error STRING to it, or set 'NULL' or"
                      + " 'FAIL'."));
    }
    return handling;
  }
}
