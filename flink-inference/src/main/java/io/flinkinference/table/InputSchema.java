package io.flinkinference.table;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.types.logical.LogicalTypeFamily;

/** What a model's INPUT may declare: one text. */
final class InputSchema {

  private InputSchema() {}

  /**
   * Checks the declared columns.
   *
   * @throws ValidationException if they are not one column of text
   */
  static void check(List<Column> declared) {
    if (declared.size() == 1
        && declared.get(0).isPhysical()
        && declared.get(0).getDataType().getLogicalType().is(LogicalTypeFamily.CHARACTER_STRING)) {
      return;
    }
    throw new ValidationException(
        "INPUT is ("
            + declared.stream().map(Column::asSummaryString).collect(Collectors.joining(", "))
            + "), but a model reads one text. Declare one column, as in INPUT (text STRING), and"
            + " put several together in the query, as in title || ' ' || body.");
  }
}
