package io.flinkinference.connectors.text;

import static io.flinkinference.connectors.Samples.text;
import static io.flinkinference.connectors.Samples.utf8;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.UnscorableException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaTextTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "größer als 日本語", "🙂🙃", "a\u0000b", "real \uFFFD stays"})
  void wellFormedValuesAreDecoded(String expected) {
    KafkaText record = text(utf8(expected));

    assertThat(record.text()).isEqualTo(expected).isSameAs(record.text());
    assertThat(record.isText()).isTrue();
  }

  @Test
  void missingValueIsUnscorable() {
    KafkaText record = text(null);

    UnscorableException e = catchThrowableOfType(UnscorableException.class, record::text);
    assertThat(e.reason()).isEqualTo(DeadLetterReason.NULL_TEXT);
    assertThat(e).hasMessage("Kafka record texts-3 offset 41 has no value.");
    assertThat(record.isText()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "lone continuation, 6180, 1",
    "cut short, 6162E282, 2",
    "overlong, C0AF, 0",
    "surrogate, EDA080, 0",
    "latin 1, 6772F6DF, 2",
    "behind a real replacement character, EFBFBDFF, 3"
  })
  void malformedValueIsUnscorable(String name, String hex, int malformedAt) {
    KafkaText record = text(HexFormat.of().parseHex(hex));

    UnscorableException e = catchThrowableOfType(UnscorableException.class, record::text);
    assertThat(e.reason()).as(name).isEqualTo(DeadLetterReason.UNDECODABLE);
    assertThat(e).hasMessageContaining("texts-3 offset 41");
    assertThat(e).hasMessageContaining("not UTF-8 at byte " + malformedAt + ".");
    assertThat(record.isText()).isFalse();
    assertThatThrownBy(record::text).isInstanceOf(UnscorableException.class);
  }

  @Test
  void decodesWhatAStrictDecoderDecodes() {
    Random random = new Random(7);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = almostUtf8(random);
      String expected = strictlyDecoded(bytes);
      String actual;
      try {
        actual = text(bytes).text();
      } catch (UnscorableException e) {
        actual = null;
        refused++;
      }
      assertThat(actual).isEqualTo(expected);
    }
    assertThat(refused).isBetween(1_000, 19_000);
  }

  /** Texts of one to four bytes a character; every second one with a byte changed. */
  private static byte[] almostUtf8(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      int[] ranges = {0x7F, 0x7FF, 0xD7FF, 0x10FFFF};
      int codePoint = random.nextInt(ranges[random.nextInt(ranges.length)]);
      text.appendCodePoint(codePoint >= 0xD800 && codePoint < 0xE000 ? 0xFFFD : codePoint);
    }
    byte[] bytes = utf8(text.toString());
    if (random.nextBoolean()) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return bytes;
  }

  private static String strictlyDecoded(byte[] bytes) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  @Test
  void textsDoNotShowInLogs() {
    assertThat(text(utf8("secret"))).hasToString("KafkaText[texts-3 offset 41]");
  }
}
