package io.flinkinference.tools.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A column of a table as it is read.
 *
 * @param heading with its unit
 * @param cells rounded; a column of numbers has the same number of decimals where that is possible
 * @param numeric whether it is set to the right
 */
record Column(String heading, List<String> cells, boolean numeric) {

  Column {
    cells = List.copyOf(cells);
  }

  /** All columns of a table. */
  static List<Column> of(Table table) {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      columns.add(column(table, i));
    }
    return columns;
  }

  private static Column column(Table table, int index) {
    List<Number> numbers = new ArrayList<>();
    for (List<Object> row : table.rows()) {
      if (row.get(index) instanceof Number number) {
        numbers.add(number);
      }
    }
    int decimals = Numbers.commonDecimals(numbers);
    List<String> cells = new ArrayList<>();
    for (List<Object> row : table.rows()) {
      cells.add(cell(row.get(index), decimals));
    }
    // A column of measurements may have a word where there is no measurement.
    boolean numeric = !numbers.isEmpty() && numbers.size() * 2 >= table.rows().size();
    return new Column(table.columns().get(index), cells, numeric);
  }

  private static String cell(Object value, int decimals) {
    boolean rounded = value instanceof Number && !Numbers.isWhole(value) && decimals >= 0;
    return rounded
        ? Numbers.fixed(((Number) value).doubleValue(), decimals)
        : Numbers.format(value);
  }
}
