package io.flinkinference.connectors.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.UnscorableException;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

  private final JsonText body = JsonText.at("/review/body");

  @Test
  void theTextIsFoundByItsPlace() {
    String value = "{\"id\": 1, \"review\": {\"body\": \"Gr\\u00fc\u00dfe \", \"stars\": 5}}";
    assertThat(body.apply(Values.record(value))).isEqualTo("Gr\u00fc\u00dfe ");
    assertThat(JsonText.at("/texts/1").apply(Values.record("{\"texts\": [\"a\", \"b\"]}")))
        .isEqualTo("b");
    assertThat(JsonText.at("").apply(Values.record("\"all of it\""))).isEqualTo("all of it");
    assertThat(JsonText.at("/a~1b").apply(Values.record("{\"a/b\": \"slash\"}")))
        .isEqualTo("slash");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"review\": null}", "{\"review\": {\"body\": null}}", "[]", "3"})
  void whereNothingIsThereIsNoText(String value) {
    assertThat(body.apply(Values.record(value))).isNull();
  }

  @Test
  void aRecordWithoutValueHasNoText() {
    assertThat(body.apply(Values.record((byte[]) null))).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"review\": {\"body\": \"a\"}} trailing",
        "hello",
        "{\"review\": {\"body\": 3}}",
        "{\"review\": {\"body\": [\"a\"]}}",
        "\u0000"
      })
  void whatIsNoTextInJsonIsNotDecoded(String value) {
    assertThatThrownBy(() -> body.apply(Values.record(value)))
        .isInstanceOfSatisfying(
            UnscorableException.class,
            e -> assertThat(e.reason()).isEqualTo(DeadLetterReason.UNDECODABLE));
  }

  @Test
  void bytesThatAreNoUtf8AreNotDecoded() {
    byte[] value = "{\"review\": {\"body\": \"caf?\"}}".getBytes(ISO_8859_1);
    value[25] = (byte) 0xE9; // The question mark becomes an accented letter of Latin-1.
    assertThatThrownBy(() -> body.apply(Values.record(value)))
        .hasMessageContaining("is not UTF-8 at byte 25");
  }

  @Test
  void aByteOrderMarkIsPassedOver() {
    assertThat(body.apply(Values.record("\uFEFF{\"review\": {\"body\": \"a\"}}"))).isEqualTo("a");
  }

  @Test
  void messagesSayWhereTheFaultIs() {
    assertThatThrownBy(() -> body.apply(Values.record("{\"review\": wrong}")))
        .hasMessageMatching("The value is no JSON at character \\d+\\.");
  }

  @Test
  void nestingWithoutEndIsNotDecoded() {
    assertThatThrownBy(() -> body.apply(Values.record("[".repeat(100_000))))
        .isInstanceOf(UnscorableException.class);
  }

  @Test
  void messagesDoNotShowWhatTheRecordSays() {
    assertThatThrownBy(() -> body.apply(Values.record("my secret")))
        .hasMessageNotContaining("secret");
  }

  @Test
  void whatIsNoPointerIsRefused() {
    assertThatThrownBy(() -> JsonText.at("review.body"))
        .hasMessageContaining("'review.body' is no JSON Pointer");
  }

  @Test
  void itTravelsWithAJob() throws Exception {
    JsonText copy = InstantiationUtil.clone(body);
    assertThat(copy.apply(Values.record("{\"review\": {\"body\": \"a\"}}"))).isEqualTo("a");
  }
}
