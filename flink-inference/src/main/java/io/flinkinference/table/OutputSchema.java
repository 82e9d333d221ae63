package io.flinkinference.table;

import io.flinkinference.InferenceTask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * What a model's OUTPUT may declare, and what it does declare.
 *
 * @param writer for the declared columns
 * @param names of the declared columns
 * @param hasErrorColumn whether one of them says why a text could not be scored
 * @param <R> type of the result
 */
record OutputSchema<R>(RowWriter<R> writer, List<String> names, boolean hasErrorColumn) {

  /**
   * Checks the declared columns.
   *
   * @throws ValidationException if one is unknown, of another type or NOT NULL, or if none is of
   *     the result
   */
  static <R> OutputSchema<R> of(String name, InferenceTask<R> task, List<Column> declared) {
    Map<String, OutputColumn<R>> results = byName(ResultColumns.of(task));
    Map<String, OutputColumn<R>> errors = byName(CommonColumns.ofErrors());
    Map<String, OutputColumn<R>> offered = new LinkedHashMap<>(results);
    errors.forEach((column, error) -> addCommon(column, error, offered));
    byName(CommonColumns.<R>ofTheModel())
        .forEach((column, common) -> addCommon(column, common, offered));

    List<FieldWriter<R>> writers = new ArrayList<>();
    for (Column column : declared) {
      OutputColumn<R> known = offered.get(column.getName());
      if (known == null || !column.isPhysical()) {
        throw new ValidationException(
            "The column '" + column.getName() + "' of OUTPUT is unknown. " + offer(name, offered));
      }
      writers.add(writer(known, column.getDataType().getLogicalType()));
    }
    List<String> names = declared.stream().map(Column::getName).toList();
    if (names.stream().noneMatch(results::containsKey)) {
      throw new ValidationException("OUTPUT has no column of the result. " + offer(name, results));
    }
    return new OutputSchema<>(
        new RowWriter<>(writers), names, names.stream().anyMatch(errors::containsKey));
  }

  /** Names of several tasks are the user's own. */
  private static <R> void addCommon(
      String name, OutputColumn<R> common, Map<String, OutputColumn<R>> offered) {
    if (offered.putIfAbsent(name, common) != null) {
      throw new ValidationException(
          "A task is named '%s' as a column that all models have. Name it otherwise."
              .formatted(name));
    }
  }

  private static <R> Map<String, OutputColumn<R>> byName(List<OutputColumn<R>> columns) {
    Map<String, OutputColumn<R>> named = new LinkedHashMap<>();
    columns.forEach(column -> named.put(column.name(), column));
    return named;
  }

  private static <R> String offer(String task, Map<String, OutputColumn<R>> columns) {
    return "The task "
        + task
        + " offers: "
        + columns.values().stream().map(OutputColumn::toString).collect(Collectors.joining("; "))
        + ".";
  }

  private static <R> FieldWriter<R> writer(OutputColumn<R> column, LogicalType type) {
    FieldWriter<R> writer =
        column
            .writer()
            .apply(type)
            .orElseThrow(
                () ->
                    new ValidationException(
                        "The column '"
                            + column.name()
                            + "' of OUTPUT is declared as "
                            + type.asSummaryString()
                            + ". Declare it as "
                            + column.types()
                            + "."));
    requireNullable(column.name(), type);
    return writer;
  }

  /**
   * Checks a column, or a field of one.
   *
   * @throws ValidationException if it is declared NOT NULL
   */
  static void requireNullable(String column, LogicalType type) {
    if (!type.isNullable()) {
      throw new ValidationException(
          "The column '"
              + column
              + "' of OUTPUT is declared NOT NULL, but a text that is NULL has NULL as its result."
              + " Leave NOT NULL out.");
    }
  }
}
