package io.flinkinference.table;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.types.logical.LogicalTypeFamily;

/** What a model's INPUT may declare: one text, or two where the task judges a pair. */
final class InputSchema {

  private InputSchema() {}

  /**
   * Checks the declared columns.
   *
   * @param needsPair whether the task judges two texts
   * @param takesPair whether it may
   * @throws ValidationException if they are not as many columns of text
   */
  static void check(List<Column> declared, boolean needsPair, boolean takesPair) {
    boolean fits = declared.size() == (needsPair ? 2 : 1) || (takesPair && declared.size() == 2);
    if (fits && declared.stream().allMatch(InputSchema::isText)) {
      return;
    }
    if (needsPair) {
      throw new ValidationException(
          "INPUT is ("
              + declared.stream().map(Column::asSummaryString).collect(Collectors.joining(", "))
              + "), but the task judges two texts. Declare two columns, as in INPUT (text STRING,"
              + " pair STRING), and name two in DESCRIPTOR.");
    }
    throw new ValidationException(
        "INPUT is ("
            + declared.stream().map(Column::asSummaryString).collect(Collectors.joining(", "))
            + "), but a model reads one text"
            + (takesPair ? ", or two that it judges together" : "")
            + ". Declare "
            + (takesPair ? "one column or two" : "one column")
            + ", as in INPUT (text STRING), and put several together in the query, as in"
            + " title || ' ' || body.");
  }

  private static boolean isText(Column column) {
    return column.isPhysical()
        && column.getDataType().getLogicalType().is(LogicalTypeFamily.CHARACTER_STRING);
  }
}
