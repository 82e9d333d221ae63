package io.flinkinference.tools.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads rows of cells, with or without a first line that names the columns. For one thread. */
final class TableRows {

  /** A file of another format may be one line. */
  private static final int MOST_OF_NAMES = 500;

  private final RowTaker rows;
  private int text = -1;
  private int label = -1;
  private int width = -1;

  private TableRows(RowTaker rows) {
    this.rows = rows;
    if (rows.columns().byNumber()) {
      text = Integer.parseInt(rows.columns().text()) - 1;
      label = Integer.parseInt(rows.columns().label()) - 1;
    }
  }

  static void readTabs(BufferedReader in, RowTaker rows) throws IOException {
    TableRows table = new TableRows(rows);
    long number = 0;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      number++;
      if (!line.isEmpty()) {
        List<String> cells = cells(line);
        table.take(number, cells.size(), cells::get);
      }
    }
  }

  static void readCsv(BufferedReader in, RowTaker rows) throws IOException {
    TableRows table = new TableRows(rows);
    try (CSVParser parser = CSVParser.builder().setReader(in).setFormat(CSVFormat.RFC4180).get()) {
      Iterator<CSVRecord> records = parser.iterator();
      long line = 1;
      while (hasNext(records, line)) {
        CSVRecord record = records.next();
        if (record.size() > 1 || !record.get(0).isEmpty()) {
          table.take(line, record.size(), record::get);
        }
        line = parser.getCurrentLineNumber() + 1;
      }
    }
  }

  /** Where a quote is not closed, nobody knows where the next row begins. */
  private static boolean hasNext(Iterator<CSVRecord> records, long line) throws IOException {
    try {
      return records.hasNext();
    } catch (UncheckedIOException e) {
      if (!(e.getCause() instanceof CSVException)) {
        throw e.getCause();
      }
      throw new DataException(
          "Line "
              + line
              + ": the quotes of this row are wrong, so that nobody knows where the next begins."
              + " Correct them, double quotes within quotes.",
          e);
    }
  }

  private void take(long line, int size, Function<Integer, String> cell) {
    boolean names = text < 0;
    if (width < 0 && (names || size > Math.max(text, label))) {
      width = size;
    }
    if (names) {
      List<String> columns = IntStream.range(0, size).mapToObj(i -> cell.apply(i).strip()).toList();
      text = index(rows.columns().text(), columns);
      label = index(rows.columns().label(), columns);
    } else if (size <= Math.max(text, label)) {
      rows.bad(line, "It has " + size + " cells, too few for text and label.");
    } else if (IntStream.range(width, size).anyMatch(i -> !cell.apply(i).isBlank())) {
      // Behind a separator that nobody quoted, text and label would be of other cells.
      rows.bad(
          line,
          "It has %d cells, more than the %d of the first row. A cell of CSV with a separator in it needs quotes."
              .formatted(size, width));
    } else {
      rows.take(line, cell.apply(text), cell.apply(label));
    }
  }

  private static int index(String column, List<String> names) {
    int index = names.indexOf(column);
    if (index != names.lastIndexOf(column)) {
      throw new DataException(
          "There are several columns '"
              + column
              + "'. Give the numbers of the columns, from 1, and a file without the line of names.");
    }
    if (index < 0) {
      throw new DataException(
          "There is no column '"
              + column
              + "'; the first line names "
              + shortened(names.toString())
              + ". Where it names none, give the numbers of the columns, from 1.");
    }
    return index;
  }

  private static String shortened(String names) {
    return names.length() <= MOST_OF_NAMES ? names : names.substring(0, MOST_OF_NAMES) + "...";
  }

  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    int start = 0;
    for (int end = line.indexOf('\t'); end >= 0; end = line.indexOf('\t', start)) {
      cells.add(line.substring(start, end));
      start = end + 1;
    }
    cells.add(line.substring(start));
    return cells;
  }
}
