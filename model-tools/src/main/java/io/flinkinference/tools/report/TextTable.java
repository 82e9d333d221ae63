package io.flinkinference.tools.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lays a table out in columns of characters; what is too wide is wrapped in its column. */
final class TextTable {

  private static final String GAP = "  ";

  /** A column is not made narrower than this, so that something can be read in it. */
  private static final int NARROWEST = 6;

  private TextTable() {}

  /** The lines of a table, none longer than the width if its columns can be narrowed to that. */
  static List<String> lines(Table table, int width) {
    List<Column> columns = Column.of(table);
    int[] widths = widths(columns, width);
    List<String> lines = new ArrayList<>();
    addRow(columns.stream().map(Column::heading).toList(), columns, widths, lines);
    StringBuilder rule = new StringBuilder();
    for (int columnWidth : widths) {
      rule.append(rule.isEmpty() ? "" : GAP).append("-".repeat(columnWidth));
    }
    lines.add(rule.toString());
    for (int row = 0; row < table.rows().size(); row++) {
      int index = row;
      addRow(columns.stream().map(c -> c.cells().get(index)).toList(), columns, widths, lines);
    }
    return lines;
  }

  private static int[] widths(List<Column> columns, int width) {
    int[] widths = new int[columns.size()];
    int[] words = new int[columns.size()];
    int total = GAP.length() * (columns.size() - 1);
    for (int i = 0; i < widths.length; i++) {
      Column column = columns.get(i);
      words[i] = Math.max(NARROWEST, longestWord(column.heading()));
      widths[i] = Math.max(1, column.heading().length());
      for (String cell : column.cells()) {
        widths[i] = Math.max(widths[i], cell.length());
        words[i] = Math.max(words[i], longestWord(cell));
      }
      total += widths[i];
    }
    while (total > width) {
      // Words are broken only where there is no other way.
      int widest = widestAbove(widths, words);
      if (widest < 0) {
        words = new int[widths.length];
        Arrays.fill(words, NARROWEST);
        widest = widestAbove(widths, words);
      }
      if (widest < 0) {
        break;
      }
      widths[widest]--;
      total--;
    }
    return widths;
  }

  private static int widestAbove(int[] widths, int[] least) {
    int widest = -1;
    for (int i = 0; i < widths.length; i++) {
      if (widths[i] > least[i] && (widest < 0 || widths[i] > widths[widest])) {
        widest = i;
      }
    }
    return widest;
  }

  private static int longestWord(String text) {
    int longest = 0;
    int start = 0;
    while (start <= text.length()) {
      int end = text.indexOf(' ', start);
      end = end < 0 ? text.length() : end;
      longest = Math.max(longest, end - start);
      start = end + 1;
    }
    return longest;
  }

  private static void addRow(
      List<String> cells, List<Column> columns, int[] widths, List<String> lines) {
    List<List<String>> wrapped = new ArrayList<>();
    int height = 1;
    for (int i = 0; i < cells.size(); i++) {
      wrapped.add(wrap(cells.get(i), widths[i]));
      height = Math.max(height, wrapped.get(i).size());
    }
    for (int line = 0; line < height; line++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String part = line < wrapped.get(i).size() ? wrapped.get(i).get(line) : "";
        String space = " ".repeat(widths[i] - part.length());
        text.append(i == 0 ? "" : GAP);
        text.append(columns.get(i).numeric() ? space + part : part + space);
      }
      lines.add(text.toString().stripTrailing());
    }
  }

  /** Breaks a text into lines at spaces, and within a word that is longer than a line. */
  static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    String rest = text.strip();
    while (rest.length() > width) {
      int space = rest.lastIndexOf(' ', width);
      int end = space > 0 ? space : width;
      lines.add(rest.substring(0, end).stripTrailing());
      rest = rest.substring(end).stripLeading();
    }
    if (!rest.isEmpty()) {
      lines.add(rest);
    }
    return lines;
  }
}
