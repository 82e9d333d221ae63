package io.flinkinference.tools.report;

import java.util.List;

/** A table that scrolls within the page where it is wider; its first column stays in sight. */
final class HtmlTable {

  private HtmlTable() {}

  static void write(Table table, String caption, Markup out) {
    List<Column> columns = Column.of(table);
    out.open("div", "class", "scroll", "tabindex", 0, "role", "region", "aria-label", caption);
    out.open("table").open("thead").open("tr");
    for (Column column : columns) {
      out.element("th", column.heading(), "scope", "col", "class", css(column));
    }
    out.close().close().open("tbody");
    for (int row = 0; row < table.rows().size(); row++) {
      boolean own = Look.isOwn(columns.get(0).cells().get(row));
      out.open("tr", "class", own ? "own" : "row");
      for (int i = 0; i < columns.size(); i++) {
        Column column = columns.get(i);
        if (i == 0) {
          out.element("th", column.cells().get(row), "scope", "row", "class", css(column));
        } else {
          out.element("td", column.cells().get(row), "class", css(column));
        }
      }
      out.close();
    }
    out.close().close().close();
  }

  private static String css(Column column) {
    return column.numeric() ? "number" : "words";
  }
}
