package io.flinkinference.examples.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.connectors.replay.ReplayReport;
import io.flinkinference.connectors.replay.ReplayRow;
import io.flinkinference.connectors.replay.UnreadableLetter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayViewTest {

  private static final Style PLAIN = new Style(false);

  @Test
  void rowsHaveTheirCountsAndAnExample() {
    ReplayReport report =
        new ReplayReport(
            "group",
            List.of(
                new ReplayRow("TOO_LONG", "texts", 0, 7, 0, "Too long.", null),
                new ReplayRow("UNDECODABLE", "texts", 1_200, 0, 3, "No JSON.", "X at y #12")),
            List.of(),
            0,
            false);
    assertThat(ReplayView.of(report, true, PLAIN))
        .containsExactly(
            "  Reason                Origin                              to write     not asked     came back",
            "  TOO_LONG              texts                                      0             7             0",
            "    Too long.",
            "  UNDECODABLE           texts                                  1,200             0             3",
            "    No JSON.",
            "    X at y #12",
            "",
            "  To write: 1,200 records. Left: 7 letters not asked for, 3 that came back too often.");
    assertThat(ReplayView.of(report, false, PLAIN).get(0)).contains("written");
  }

  @Test
  void whatMessagesHoldCannotMoveTheCursor() {
    ReplayRow row = new ReplayRow("TOO_LONG", "texts", 1, 0, 0, "a\u001b[2Jb\nc", null);
    ReplayReport report = new ReplayReport("group", List.of(row), List.of(), 0, false);
    assertThat(ReplayView.of(report, true, PLAIN).get(2)).isEqualTo("    a [2Jb c");
  }

  @Test
  void unreadableLettersAreNamedAndThoseBeforeAreNotForgotten() {
    ReplayReport report =
        new ReplayReport(
            "group", List.of(), List.of(new UnreadableLetter(1, 17, "It has no value.")), 2, true);
    assertThat(ReplayView.of(report, false, PLAIN))
        .contains(
            "  What the group group had read before is not in these figures.",
            "    partition 1, offset 17: It has no value.",
            "    and 1 more");
  }
}
