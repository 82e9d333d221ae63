package io.flinkinference.table;

import io.flinkinference.result.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/** One column for each of several tasks: a row of the columns that the task has alone. */
final class ResultsColumns {

  private ResultsColumns() {}

  /**
   * A column for each task.
   *
   * @param columns that the tasks have alone, by their names
   */
  static List<OutputColumn<Results>> of(
      Map<String, ? extends List<? extends OutputColumn<?>>> columns) {
    List<OutputColumn<Results>> all = new ArrayList<>();
    columns.forEach((name, own) -> all.add(column(name, own)));
    return all;
  }

  private static OutputColumn<Results> column(
      String task, List<? extends OutputColumn<?>> columns) {
    String types =
        "a ROW of some of: "
            + columns.stream().map(OutputColumn::toString).collect(Collectors.joining("; "));
    return new OutputColumn<>(task, types, type -> writer(task, columns, type));
  }

  private static Optional<FieldWriter<Results>> writer(
      String task, List<? extends OutputColumn<?>> columns, LogicalType type) {
    if (!(type instanceof RowType row)) {
      return Optional.empty();
    }
    ArrayList<FieldWriter<?>> fields = new ArrayList<>();
    for (RowType.RowField field : row.getFields()) {
      Optional<? extends FieldWriter<?>> writer =
          columns.stream()
              .filter(column -> column.name().equals(field.getName()))
              .findFirst()
              .flatMap(column -> column.writer().apply(field.getType()));
      if (writer.isEmpty()) {
        return Optional.empty();
      }
      OutputSchema.requireNullable(task + "." + field.getName(), field.getType());
      fields.add(writer.get());
    }
    return Optional.of(outcome -> write(task, fields, outcome));
  }

  private static RowData write(String task, List<FieldWriter<?>> fields, Outcome<Results> outcome) {
    if (outcome.result() == null) {
      return null;
    }
    Object result = outcome.result().byName().get(task);
    GenericRowData row = new GenericRowData(fields.size());
    for (int i = 0; i < fields.size(); i++) {
      row.setField(i, write(fields.get(i), result, outcome));
    }
    return row;
  }

  @SuppressWarnings("unchecked") // The result of a task has the type of its columns.
  private static <R> Object write(FieldWriter<R> field, Object result, Outcome<?> outcome) {
    return field.write(new Outcome<>((R) result, outcome.failure(), outcome.stamp()));
  }
}
