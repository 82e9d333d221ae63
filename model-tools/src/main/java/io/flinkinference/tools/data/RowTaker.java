package io.flinkinference.tools.data;

import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Takes rows as they are read, and sets those aside that cannot be used. For one thread. */
final class RowTaker {

  /** What decoders, this one or one before, put in the place of bytes that they cannot read. */
  private static final char REPLACEMENT = '\uFFFD';

  private final CharsetEncoder utf8 = StandardCharsets.UTF_8.newEncoder();
  private final Columns columns;
  private final List<LabeledText> rows = new ArrayList<>();
  private final List<BadRow> bad = new ArrayList<>();

  RowTaker(Columns columns) {
    this.columns = columns;
  }

  Columns columns() {
    return columns;
  }

  /** A row whose labels are one cell. */
  void take(long line, String text, String label) {
    List<String> labels = columns.multiLabel() ? split(label) : List.of(label.strip());
    take(line, text, labels);
  }

  /** A row whose labels stand apart already. */
  void take(long line, String text, List<String> labels) {
    if (text.isBlank()) {
      bad(line, "The text is blank.");
    } else if (isBroken(text) || labels.stream().anyMatch(this::isBroken)) {
      bad(
          line,
          "It has bytes that are no UTF-8, U+FFFD in their place, or half a pair of surrogates."
              + " Write the text again in UTF-8.");
    } else if (!columns.multiLabel() && labels.size() != 1) {
      bad(line, "It has " + labels.size() + " labels, not one. Is the data multi-label?");
    } else if (labels.stream().anyMatch(String::isBlank)) {
      bad(line, "The label is blank.");
    } else {
      rows.add(new LabeledText(line, text, labels.stream().distinct().toList()));
    }
  }

  /** Half a pair comes from JSON's escapes, and could be written into no report. */
  private boolean isBroken(String text) {
    return text.indexOf(REPLACEMENT) >= 0 || !utf8.canEncode(text);
  }

  void bad(long line, String why) {
    bad.add(new BadRow(line, why));
  }

  private List<String> split(String cell) {
    List<String> labels = new ArrayList<>();
    int start = 0;
    while (start <= cell.length()) {
      int end = cell.indexOf(columns.separator(), start);
      end = end < 0 ? cell.length() : end;
      String label = cell.substring(start, end).strip();
      if (!label.isEmpty()) {
        labels.add(label);
      }
      start = end + columns.separator().length();
    }
    return labels;
  }

  LabeledData data() {
    return new LabeledData(rows, bad);
  }
}
