package io.flinkinference.tokenize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.text.Encoding;
import io.flinkinference.text.Window;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Special tokens are negative here, the n-th token of the first text is n, of the second 1000+n.
 */
class WholeTextTest {

  private static WholeText single(int tokens, int limit) {
    int[] ids = IntStream.rangeClosed(-1, tokens).map(i -> i == tokens ? -2 : i).toArray();
    return WholeText.of(ids, null, null, limit, false, 1, tokens + 1);
  }

  private static WholeText pair(int first, int second, int limit) {
    int[] ids = new int[first + second + 3];
    int[] types = new int[ids.length];
    Arrays.fill(ids, -2);
    ids[0] = -1;
    for (int i = 0; i < first; i++) {
      ids[1 + i] = i;
    }
    for (int i = 0; i < second; i++) {
      ids[first + 2 + i] = 1_000 + i;
    }
    Arrays.fill(types, first + 2, ids.length, 1);
    return WholeText.of(
        ids, types, null, limit, false, 1, first + 1, first + 2, first + 2 + second);
  }

  @ParameterizedTest
  @CsvSource({"START,-1 0 1 2 3 4 -2", "END,-1 5 6 7 8 9 -2", "BOTH_ENDS,-1 0 1 2 8 9 -2"})
  void whatIsKeptStandsBetweenTheSpecialTokens(Kept kept, String expected) {
    Encoding encoding = single(10, 7).keep(kept);
    assertThat(ids(encoding)).isEqualTo(expected);
    assertThat(encoding.truncated()).isTrue();
    assertThat(single(5, 7).keep(kept).truncated()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "START,-1 0 1 2 -2 1000 1001 -2",
    "END,-1 7 8 9 -2 1000 1001 -2",
    "BOTH_ENDS,-1 0 1 9 -2 1000 1001 -2"
  })
  void theLongerTextOfAPairGivesWay(Kept kept, String expected) {
    Encoding encoding = pair(10, 2, 8).keep(kept);
    assertThat(ids(encoding)).isEqualTo(expected);
    assertThat(encoding.typeId(3)).isZero();
    assertThat(encoding.typeId(5)).isEqualTo(1);
  }

  @Test
  void aPrefixStaysInWhateverIsKept() {
    WholeText text = single(10, 7).withPrefix(2, false);
    assertThat(ids(text.keep(Kept.END))).isEqualTo("-1 0 1 7 8 9 -2");
    assertThat(ids(text.keep(Kept.BOTH_ENDS))).isEqualTo("-1 0 1 2 8 9 -2");
    assertThat(text.windows(1, 99, false))
        .extracting(window -> ids(window.encoding()))
        .containsExactly("-1 0 1 2 3 4 -2", "-1 0 1 4 5 6 -2", "-1 0 1 6 7 8 -2", "-1 0 1 8 9 -2");
    assertThat(text.windows(1, 99, false).get(1)).extracting(Window::at).isEqualTo(3);
  }

  @Test
  void windowsCoverEachTokenAndOverlapAsAsked() {
    Random random = new Random(5);
    for (int round = 0; round < 2_000; round++) {
      int tokens = random.nextInt(200);
      int limit = 4 + random.nextInt(40);
      int overlap = random.nextInt(limit - 2);
      List<Window> windows = single(tokens, limit).windows(overlap, 1_000, false);
      if (tokens + 2 <= limit) {
        assertThat(windows).hasSize(1);
        continue;
      }
      int covered = 0;
      for (Window window : windows) {
        assertThat(window.from()).isEqualTo(covered == 0 ? 0 : covered - overlap);
        assertThat(window.encoding().length()).isLessThanOrEqualTo(limit);
        assertThat(window.encoding().truncated()).isFalse();
        assertThat(window.encoding().id(0)).isEqualTo(-1);
        assertThat(window.encoding().id(window.encoding().length() - 1)).isEqualTo(-2);
        for (int i = 0; i < window.tokens(); i++) {
          assertThat(window.encoding().id(window.at() + i)).isEqualTo(window.from() + i);
        }
        assertThat(window.to()).isGreaterThan(covered);
        covered = window.to();
      }
      assertThat(covered).isEqualTo(tokens);
    }
  }

  @Test
  void eachWindowOfAPairHoldsTheWholeOtherText() {
    assertThat(pair(2, 6, 9).windows(1, 9, true))
        .extracting(window -> ids(window.encoding()))
        .containsExactly("-1 0 1 -2 1000 1001 1002 1003 -2", "-1 0 1 -2 1003 1004 1005 -2");
    assertThat(pair(6, 2, 9).windows(0, 9, false))
        .extracting(window -> ids(window.encoding()))
        .containsExactly("-1 0 1 2 3 -2 1000 1001 -2", "-1 4 5 -2 1000 1001 -2");
  }

  @Test
  void whatDoesNotFitIntoWindowsIsRefusedWithTheNumbers() {
    assertThatThrownBy(() -> pair(2, 6, 6).windows(1, 9, true))
        .isInstanceOf(TextTooLongException.class)
        .hasMessageContaining("5 tokens, leaves room for 1 of the 6")
        .hasMessageContaining("inference.text.window-overlap");
    assertThatThrownBy(() -> pair(2, 6, 4).windows(0, 9, true))
        .isInstanceOf(TextTooLongException.class);
    assertThat(single(20, 7).windows(2, 6, false)).hasSize(6);
    assertThatThrownBy(() -> single(20, 7).windows(2, 5, false))
        .isInstanceOf(TextTooLongException.class)
        .hasMessageContaining("The text of 20 tokens makes 6 windows")
        .hasMessageContaining("inference.text.max-windows is 5");
    WholeText cut = WholeText.of(new int[] {1, 2}, null, null, 9, true);
    assertThatThrownBy(() -> cut.windows(0, 9, false))
        .hasMessageContaining("inference.text.max-characters");
    assertThatThrownBy(() -> single(5, 2).keep(Kept.START))
        .isInstanceOf(TokenizationException.class)
        .hasMessageContaining("no room");
  }

  private static String ids(Encoding encoding) {
    StringBuilder ids = new StringBuilder();
    for (int i = 0; i < encoding.length(); i++) {
      ids.append(i == 0 ? "" : " ").append(encoding.id(i));
    }
    return ids.toString();
  }
}
