package io.flinkinference.connectors.replay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what becomes of letters. Belongs to the thread of one replay. */
final class Tally {

  /** Unreadable letters that are remembered one by one. */
  static final int SHOWN = 20;

  private final Map<Kind, ReplayRow> rows = new TreeMap<>(Kind.ORDER);
  private final List<UnreadableLetter> unreadable = new ArrayList<>();
  private long unreadableCount;
  private long written;

  void add(Letter letter, Verdict verdict) {
    Kind kind = new Kind(letter.content().getReason(), letter.content().getOrigin().getTopic());
    rows.merge(kind, row(kind, letter, verdict), Tally::sum);
    if (verdict == Verdict.SELECTED) {
      written++;
    }
  }

  void add(UnreadableLetter letter) {
    unreadableCount++;
    if (unreadable.size() < SHOWN) {
      unreadable.add(letter);
    }
  }

  /** Letters that were selected. */
  long selected() {
    return written;
  }

  ReplayReport report(String group, boolean passedBefore) {
    return new ReplayReport(
        group, List.copyOf(rows.values()), unreadable, unreadableCount, passedBefore);
  }

  private static ReplayRow row(Kind kind, Letter letter, Verdict verdict) {
    return new ReplayRow(
        kind.reason(),
        kind.origin(),
        verdict == Verdict.SELECTED ? 1 : 0,
        verdict == Verdict.NOT_SELECTED ? 1 : 0,
        verdict == Verdict.CAME_BACK ? 1 : 0,
        letter.content().getMessage(),
        letter.content().getStackDigest());
  }

  private static ReplayRow sum(ReplayRow first, ReplayRow more) {
    return new ReplayRow(
        first.reason(),
        first.origin(),
        first.selected() + more.selected(),
        first.notSelected() + more.notSelected(),
        first.cameBack() + more.cameBack(),
        first.message(),
        first.stackDigest() == null ? more.stackDigest() : first.stackDigest());
  }

  private record Kind(String reason, String origin) {

    static final Comparator<Kind> ORDER =
        Comparator.comparing(Kind::reason).thenComparing(Kind::origin);
  }
}
