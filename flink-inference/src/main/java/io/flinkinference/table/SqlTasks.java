package io.flinkinference.table;

import io.flinkinference.InferenceTask;
import io.flinkinference.Tasks;
import io.flinkinference.result.Classification;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;

/** All tasks that SQL knows: a new one is added here, and nowhere else in this package. */
final class SqlTasks {

  static final List<SqlTask<?>> ALL =
      List.of(
          new SqlTask<>(
              "embedding",
              "A vector for each text.",
              Set.of(),
              options -> Tasks.embedding(),
              options -> EmbeddingColumns.ALL),
          new SqlTask<>(
              "text-classification",
              "The labels of a classification model.",
              Set.of(OnnxModelOptions.TOP_K),
              options -> Tasks.textClassification(topK(options)),
              options -> ClassificationColumns.of(topK(options))),
          new SqlTask<>(
              "zero-shot",
              "Labels of your own, described in words, with an embedding model.",
              Set.of(OnnxModelOptions.LABELS, OnnxModelOptions.TEMPERATURE, OnnxModelOptions.TOP_K),
              SqlTasks::zeroShot,
              options -> ClassificationColumns.of(topK(options))));

  private SqlTasks() {}

  /** Finds a task by its name. */
  static SqlTask<?> named(String name) {
    return ALL.stream()
        .filter(task -> task.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ValidationException(
                    "There is no task '"
                        + name
                        + "'. Set '"
                        + OnnxModelOptions.TASK.key()
                        + "' to one of: "
                        + ALL.stream().map(SqlTask::name).collect(Collectors.joining(", "))
                        + "."));
  }

  private static int topK(ReadableConfig options) {
    int topK = options.getOptional(OnnxModelOptions.TOP_K).orElse(Integer.MAX_VALUE);
    if (topK < 1) {
      throw new ValidationException(
          "'"
              + OnnxModelOptions.TOP_K.key()
              + "' is "
              + topK
              + ". Set at least 1, or leave it out.");
    }
    return topK;
  }

  private static InferenceTask<Classification> zeroShot(ReadableConfig options) {
    Map<String, String> labels =
        options.getOptional(OnnxModelOptions.LABELS).filter(all -> !all.isEmpty()).orElse(null);
    if (labels == null) {
      throw new ValidationException(
          "The task zero-shot has no labels. Describe each in words, as in 'labels.economy' ="
              + " 'banks, taxes and trade'.");
    }
    // Sorted, so that labels with the same score always come in the same order.
    return Tasks.zeroShot(new TreeMap<>(labels), options.get(OnnxModelOptions.TEMPERATURE));
  }
}
