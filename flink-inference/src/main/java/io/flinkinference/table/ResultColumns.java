package io.flinkinference.table;

import io.flinkinference.InferenceTask;
import io.flinkinference.result.Classification;
import io.flinkinference.result.Embedding;
import io.flinkinference.result.Entities;
import io.flinkinference.task.EmbeddingTask;
import io.flinkinference.task.TokenClassificationTask;
import io.flinkinference.task.VectorForm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The columns of each class of results: one that is new is added here. */
final class ResultColumns {

  private static final Map<Class<?>, List<? extends OutputColumn<?>>> ALL =
      Map.of(
          Classification.class, ClassificationColumns.ALL,
          Embedding.class, EmbeddingColumns.ALL,
          Entities.class, EntityColumns.ALL);

  private ResultColumns() {}

  @SuppressWarnings("unchecked") // The map holds for a class the columns of that class.
  static <R> List<OutputColumn<R>> of(InferenceTask<R> task) {
    if (!task.parts().isEmpty()) {
      Map<String, List<? extends OutputColumn<?>>> parts = new LinkedHashMap<>();
      task.parts().forEach((name, part) -> parts.put(name, of(part)));
      return (List<OutputColumn<R>>) (List<?>) ResultsColumns.of(parts);
    }
    if (task.task() instanceof EmbeddingTask embedding
        && embedding.vectorForm() != VectorForm.FLOAT32) {
      return (List<OutputColumn<R>>) (List<?>) EmbeddingColumns.QUANTIZED;
    }
    if (task.task() instanceof TokenClassificationTask tokens && !tokens.redact()) {
      return (List<OutputColumn<R>>) (List<?>) EntityColumns.UNREDACTED;
    }
    return of(task.resultType().getTypeClass());
  }

  @SuppressWarnings("unchecked") // As above.
  static <R> List<OutputColumn<R>> of(Class<R> result) {
    List<? extends OutputColumn<?>> columns = ALL.get(result);
    if (columns == null) {
      throw new IllegalStateException("Results of " + result + " have no columns.");
    }
    return (List<OutputColumn<R>>) columns;
  }
}
