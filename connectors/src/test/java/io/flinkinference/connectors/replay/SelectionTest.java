package io.flinkinference.connectors.replay;

import static io.flinkinference.connectors.replay.Letters.REJECTED;
import static io.flinkinference.connectors.replay.Letters.letter;
import static io.flinkinference.result.DeadLetterReason.BLANK_TEXT;
import static io.flinkinference.result.DeadLetterReason.TOO_LONG;
import static io.flinkinference.result.DeadLetterReason.UNDECODABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.connectors.avro.DeadLetter;
import io.flinkinference.connectors.avro.KafkaHeader;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SelectionTest {

  @Test
  void allConditionsMustHold() throws Exception {
    Selection selection = selection(REJECTED, REJECTED.plusMillis(2));
    assertThat(selection.judge(wrap(letter(0, TOO_LONG, "a")))).isEqualTo(Verdict.SELECTED);
    assertThat(selection.judge(wrap(letter(1, UNDECODABLE, "b")))).isEqualTo(Verdict.SELECTED);
    assertThat(selection.judge(wrap(letter(1, BLANK_TEXT, "a")))).isEqualTo(Verdict.NOT_SELECTED);
    assertThat(selection.judge(wrap(letter(1, TOO_LONG, "c")))).isEqualTo(Verdict.NOT_SELECTED);
    assertThat(selection.judge(wrap(letter(-1, TOO_LONG, "a")))).isEqualTo(Verdict.NOT_SELECTED);
    assertThat(selection.judge(wrap(letter(2, TOO_LONG, "a")))).isEqualTo(Verdict.NOT_SELECTED);
  }

  @Test
  void whatCameBackTooOftenIsTheVerdictOnlyOfLettersAskedFor() throws Exception {
    Selection selection = selection(null, null);
    assertThat(selection.judge(wrap(letter(0, TOO_LONG, "a", 1)))).isEqualTo(Verdict.SELECTED);
    assertThat(selection.judge(wrap(letter(0, TOO_LONG, "a", 2)))).isEqualTo(Verdict.CAME_BACK);
    assertThat(selection.judge(wrap(letter(0, BLANK_TEXT, "a", 2))))
        .isEqualTo(Verdict.NOT_SELECTED);
  }

  @Test
  void reasonsThatThisVersionDoesNotKnowAreReplayedWithAll() throws Exception {
    DeadLetter later =
        DeadLetter.newBuilder(letter(0, TOO_LONG, "a")).setReason("FROM_TOMORROW").build();
    assertThat(Selection.ALL.judge(wrap(later))).isEqualTo(Verdict.SELECTED);
    assertThat(selection(null, null).judge(wrap(later))).isEqualTo(Verdict.NOT_SELECTED);
  }

  @Test
  void equalSelectionsAreDescribedEqually() {
    assertThat(selection(REJECTED, null).describe())
        .isEqualTo(
            "reasons TOO_LONG UNDECODABLE, origins a b, since 2026-06-01T12:00:00Z, until now,"
                + " at most 2 replays");
    assertThat(Selection.ALL.describe())
        .isEqualTo("reasons all, origins all, since ever, until now, at most 3 replays");
  }

  @Test
  void contradictionsAreRefused() {
    assertThatThrownBy(() -> selection(REJECTED, REJECTED)).hasMessageContaining("are none");
    assertThatThrownBy(() -> Replay.from("k:1", "dead").maxReplays(0))
        .hasMessageContaining("at least 1, not 0");
    assertThatThrownBy(() -> Replay.from("k:1", "dead").to("dead").dryRun())
        .hasMessageContaining("'dead', the topic of the dead letters itself");
    assertThatThrownBy(() -> Replay.from("k:1", "dead").perSecond(0).dryRun())
        .hasMessageContaining("above 0, not 0.0");
  }

  @Test
  void aCountOfReplaysThatIsNoNumberMakesTheLetterUnreadable() {
    for (String count : List.of("", "-1", "9999999999", "one", "1 ")) {
      DeadLetter letter = letter(0, TOO_LONG, "a");
      letter.getHeaders().add(new KafkaHeader(Replay.REPLAYED_HEADER, Letters.bytes(count)));
      assertThatThrownBy(() -> wrap(letter))
          .as(count)
          .isInstanceOf(UnreadableLetterException.class)
          .hasMessageContaining("is no number");
    }
  }

  private static Selection selection(Instant since, Instant until) {
    return new Selection(Set.of(UNDECODABLE, TOO_LONG), Set.of("b", "a"), since, until, 2);
  }

  private static Letter wrap(DeadLetter letter) throws UnreadableLetterException {
    return Letter.of(0, 0, letter);
  }
}
