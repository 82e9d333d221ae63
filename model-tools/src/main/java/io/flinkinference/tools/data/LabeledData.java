package io.flinkinference.tools.data;

import java.util.List;
import java.util.TreeSet;

/**
 * A file of labelled texts, read.
 *
 * @param rows that can be used, in the order of the file
 * @param bad rows that cannot, in the order of the file
 */
public record LabeledData(List<LabeledText> rows, List<BadRow> bad) {

  public LabeledData {
    rows = List.copyOf(rows);
    bad = List.copyOf(bad);
  }

  /** The labels that occur, sorted. */
  public List<String> labels() {
    return labels(rows);
  }

  /** The labels of some rows, sorted. */
  public static List<String> labels(List<LabeledText> rows) {
    TreeSet<String> labels = new TreeSet<>();
    rows.forEach(row -> labels.addAll(row.labels()));
    return List.copyOf(labels);
  }
}
