package io.flinkinference.examples.score;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.UnscorableException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class LineFormTest {

  private static Line line(String text) {
    return new Line(1, text.getBytes(UTF_8));
  }

  @Test
  void twoTextsHaveOneTabBetween() {
    assertThat(LineForm.TAB.text().apply(line("a b\tc"))).isEqualTo("a b");
    assertThat(LineForm.TAB.pair().apply(line("a b\tc"))).isEqualTo("c");
    assertThat(LineForm.TAB.pair().apply(line("a\t"))).isEmpty();
    assertWrong(LineForm.TAB.text(), "a", DeadLetterReason.UNDECODABLE);
    assertWrong(LineForm.TAB.pair(), "a\tb\tc", DeadLetterReason.UNDECODABLE);
  }

  @Test
  void textsOfJsonAreAtTheirPlaces() {
    LineForm form = LineForm.json("/a/0", "/b");
    assertThat(form.text().apply(line("{\"a\": [\"x\"], \"b\": \"y\"}"))).isEqualTo("x");
    assertThat(form.pair().apply(line("{\"a\": [\"x\"], \"b\": \"y\"}"))).isEqualTo("y");
    assertThat(LineForm.json("/a", null).pair()).isNull();
    assertWrong(form.pair(), "{\"a\": 1}", DeadLetterReason.NULL_TEXT);
    assertWrong(form.pair(), "{\"b\": null}", DeadLetterReason.NULL_TEXT);
    assertWrong(form.pair(), "{\"b\": 1}", DeadLetterReason.UNDECODABLE);
    assertWrong(form.pair(), "{\"b\": \"y\"} x", DeadLetterReason.UNDECODABLE);
    assertWrong(form.pair(), "", DeadLetterReason.NULL_TEXT);
    assertThatThrownBy(() -> LineForm.json("b", null)).isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertWrong(
      Function<Line, String> find, String text, DeadLetterReason reason) {
    assertThatThrownBy(() -> find.apply(line(text)))
        .isInstanceOfSatisfying(
            UnscorableException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
