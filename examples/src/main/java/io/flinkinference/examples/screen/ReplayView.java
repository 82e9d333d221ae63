package io.flinkinference.examples.screen;

import io.flinkinference.connectors.replay.ReplayReport;
import io.flinkinference.connectors.replay.ReplayRow;
import io.flinkinference.connectors.replay.UnreadableLetter;
import java.util.ArrayList;
import java.util.List;

/** What a replay did or would do: a table by reason and origin, and what it could not read. */
public final class ReplayView {

  private static final int WIDTH = 96;
  private static final int REASON = 20;
  private static final int ORIGIN = 30;
  private static final String ROW = "  %s  %s  %12s  %12s  %12s";

  private ReplayView() {}

  /**
   * The lines to show.
   *
   * @param dry whether nothing was written
   */
  public static List<String> of(ReplayReport report, boolean dry, Style style) {
    List<String> lines = new ArrayList<>();
    if (!report.rows().isEmpty()) {
      lines.add(
          style.faint(
              ROW.formatted(
                  Words.cell("Reason", REASON),
                  Words.cell("Origin", ORIGIN),
                  dry ? "to write" : "written",
                  "not asked",
                  "came back")));
      report.rows().forEach(row -> addRow(lines, row, style));
      lines.add("");
    }
    lines.add(sum(report, dry));
    if (report.passedBefore()) {
      lines.add("  What the group " + report.group() + " had read before is not in these figures.");
    }
    addUnreadable(lines, report, style);
    return lines;
  }

  private static void addRow(List<String> lines, ReplayRow row, Style style) {
    lines.add(
        ROW.formatted(
            Words.cell(row.reason(), REASON),
            Words.cell(row.origin(), ORIGIN),
            Words.count(row.selected()),
            Words.count(row.notSelected()),
            Words.count(row.cameBack())));
    addExample(lines, row.message(), style);
    if (row.stackDigest() != null) {
      addExample(lines, row.stackDigest(), style);
    }
  }

  private static void addExample(List<String> lines, String text, Style style) {
    // The end of a digest is what tells two of them apart.
    for (String line : Words.wrap(text, WIDTH - 4, 3)) {
      lines.add(style.faint("    " + line));
    }
  }

  private static String sum(ReplayReport report, boolean dry) {
    return "  %s: %s records. Left: %s letters not asked for, %s that came back too often."
        .formatted(
            dry ? "To write" : "Written",
            Words.count(report.selected()),
            Words.count(report.notSelected()),
            Words.count(report.cameBack()));
  }

  private static void addUnreadable(List<String> lines, ReplayReport report, Style style) {
    if (report.unreadableCount() == 0) {
      return;
    }
    lines.add("");
    lines.add(
        style.bad(
            "  %s of the topic are no dead letters that can be read, and are left:"
                .formatted(Words.count(report.unreadableCount()))));
    for (UnreadableLetter letter : report.unreadable()) {
      String where = "    partition " + letter.partition() + ", offset " + letter.offset() + ": ";
      List<String> why = Words.wrap(letter.why(), WIDTH - where.length(), 3);
      lines.add(where + why.get(0));
      why.stream().skip(1).forEach(line -> lines.add(" ".repeat(where.length()) + line));
    }
    long more = report.unreadableCount() - report.unreadable().size();
    if (more > 0) {
      lines.add("    and " + Words.count(more) + " more");
    }
  }
}
