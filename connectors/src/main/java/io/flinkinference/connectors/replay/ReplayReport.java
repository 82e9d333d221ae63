package io.flinkinference.connectors.replay;

import java.util.List;

/**
 * What a replay did, or in a dry run would do.
 *
 * @param group that remembers where it ended
 * @param rows by reason and origin
 * @param unreadable the first of the records that are no letters
 * @param unreadableCount how many of those there are
 * @param passedBefore whether the group had been further than the topic's beginning at the start
 */
public record ReplayReport(
    String group,
    List<ReplayRow> rows,
    List<UnreadableLetter> unreadable,
    long unreadableCount,
    boolean passedBefore) {

  public ReplayReport {
    rows = List.copyOf(rows);
    unreadable = List.copyOf(unreadable);
  }

  /** Records that were written, or would be. */
  public long selected() {
    return rows.stream().mapToLong(ReplayRow::selected).sum();
  }

  /** Letters that are none of those asked for. */
  public long notSelected() {
    return rows.stream().mapToLong(ReplayRow::notSelected).sum();
  }

  /** Letters that were asked for, but have been replayed too often. */
  public long cameBack() {
    return rows.stream().mapToLong(ReplayRow::cameBack).sum();
  }
}
