package io.flinkinference.tools.report;

import java.util.List;

/**
 * Numbers with names.
 *
 * @param columns headings, with units
 * @param rows cells: text, or numbers, which are aligned and rounded for the eye; as many as
 *     columns
 */
public record Table(List<String> columns, List<List<Object>> rows) {

  public Table {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<Object> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "A row of " + row.size() + " cells stands under " + columns.size() + " headings.");
      }
    }
  }
}
