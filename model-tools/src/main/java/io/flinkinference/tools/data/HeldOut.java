package io.flinkinference.tools.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows of which some are given away, of each group about the same share. A fraction of a row is
 * carried on to the next group, so that groups of few rows give too.
 */
final class HeldOut {

  private final Map<String, Integer> rows;
  private final Map<String, Integer> left;
  private final List<LabeledText> given = new ArrayList<>();
  private final List<LabeledText> kept = new ArrayList<>();

  private HeldOut(Map<String, Integer> rows) {
    this.rows = rows;
    this.left = new HashMap<>(rows);
  }

  /**
   * Gives rows away, but of no label the last one.
   *
   * @param groups of rows with the same labels, in any order but that of their labels, for which of
   *     them give a row depends on it
   * @param count how many to give; fewer are where labels have hardly more rows than the last
   */
  static HeldOut of(List<List<LabeledText>> groups, long count) {
    Map<String, Integer> rows = new HashMap<>();
    for (List<LabeledText> group : groups) {
      group.forEach(row -> row.labels().forEach(label -> rows.merge(label, 1, Integer::sum)));
    }
    HeldOut heldOut = new HeldOut(rows);
    // Rows that have to stay do not count: the others give for them.
    int free = groups.stream().mapToInt(heldOut::free).sum();
    long seen = 0;
    for (List<LabeledText> group : groups) {
      seen += heldOut.free(group);
      heldOut.divide(group, Math.round((double) count * seen / Math.max(1, free)));
    }
    return heldOut;
  }

  private int free(List<LabeledText> group) {
    return (int) group.stream().filter(row -> isSpared(row, rows)).count();
  }

  private static boolean isSpared(LabeledText row, Map<String, Integer> rows) {
    return row.labels().stream().allMatch(label -> rows.get(label) > 1);
  }

  private void divide(List<LabeledText> group, long due) {
    for (LabeledText row : group) {
      if (given.size() < due && isSpared(row, left)) {
        given.add(row);
        row.labels().forEach(label -> left.merge(label, -1, Integer::sum));
      } else {
        kept.add(row);
      }
    }
  }

  /** In the order of the groups. */
  List<LabeledText> given() {
    return given;
  }

  List<LabeledText> kept() {
    return kept;
  }
}
