package io.flinkinference.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.UnavailableException;
import io.flinkinference.result.UnscorableException;
import io.flinkinference.text.Encoding;
import io.flinkinference.text.TextInput;
import io.flinkinference.tokenize.Tokenizer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TextReaderTest {

  private static final int LIMIT = 4;

  @Test
  void anExtractorThatSaysThereIsNoTextIsTakenAtItsWord() {
    TextReader<String> skipping =
        reader(new TextPolicy(BlankText.SKIP, LongText.TRUNCATE), DeadLetterReason.NULL_TEXT);
    assertThat(skipping.read("any")).isEqualTo(TextReading.NoText.SKIPPED);

    assertThatThrownBy(() -> reader(TextPolicy.DEFAULT, DeadLetterReason.NULL_TEXT).read("any"))
        .hasMessage("said the extractor");
  }

  @ParameterizedTest
  @EnumSource(BlankText.class)
  void whatTheExtractorCannotReadIsNeverTakenForBlank(BlankText blank) {
    TextReader<String> reader =
        reader(new TextPolicy(blank, LongText.TRUNCATE), DeadLetterReason.UNDECODABLE);
    assertThatThrownBy(() -> reader.read("any"))
        .isInstanceOfSatisfying(
            UnscorableException.class,
            e -> assertThat(e.reason()).isEqualTo(DeadLetterReason.UNDECODABLE));
  }

  @Test
  void whatIsNoRecordsFaultMakesNoDeadLetter() {
    UnavailableException down = new UnavailableException("The registry is down.", null);
    TextReader<String> reader =
        reading(
            text -> {
              throw down;
            },
            TextPolicy.DEFAULT);
    assertThatThrownBy(() -> reader.read("any")).isSameAs(down);
  }

  @Test
  void longTextsAreCutUnlessTheyAreToBeRejected() {
    TextReader<String> cutting = reader(TextPolicy.DEFAULT, null);
    assertThat(cutting.read("12345"))
        .isEqualTo(new TextReading.Encoded(Encoding.of(49, 50, 51, 52)));

    TextReader<String> rejecting =
        reader(new TextPolicy(BlankText.DEAD_LETTER, LongText.DEAD_LETTER), null);
    assertThat(rejecting.read("1234")).isInstanceOf(TextReading.Encoded.class);
    assertThatThrownBy(() -> rejecting.read("12345"))
        .hasMessageContaining("5 characters")
        .hasMessageContaining("only the first 4")
        .isInstanceOfSatisfying(
            UnscorableException.class,
            e -> assertThat(e.reason()).isEqualTo(DeadLetterReason.TOO_LONG));
  }

  @Test
  void aTaskWithoutEmptyResultMakesADeadLetter() {
    TaskDecoder<String> decoder = (batch, row, outputs) -> "a result";
    assertThatThrownBy(decoder::emptyResult)
        .isInstanceOfSatisfying(
            UnscorableException.class,
            e -> assertThat(e.reason()).isEqualTo(DeadLetterReason.BLANK_TEXT));
  }

  @Test
  void aRecordThatIsNestedTooDeepForTheExtractorIsRefused() {
    TextReader<String> recursing = reading(TextReaderTest::recurse, TextPolicy.DEFAULT);
    assertThatThrownBy(() -> recursing.read("any"))
        .isInstanceOfSatisfying(
            UnscorableException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(DeadLetterReason.EXTRACTOR_FAILURE);
              assertThat(e.stackDigest())
                  .startsWith("java.lang.StackOverflowError at " + TextReaderTest.class.getName());
            });
  }

  @Test
  void equalFaultsOfTheExtractorHaveTheSameDigestWithoutAnythingOfTheRecord() {
    TextReader<String> parsing =
        reading(record -> "" + Integer.parseInt(record), TextPolicy.DEFAULT);
    String secret = digest(() -> parsing.read("secret"));
    assertThat(secret)
        .startsWith("java.lang.NumberFormatException at " + TextReaderTest.class.getName())
        .doesNotContain("secret");
    assertThat(digest(() -> parsing.read("other"))).isEqualTo(secret);
  }

  @Test
  void aRefusalWithoutAnExceptionHasNoDigest() {
    assertThat(digest(() -> reader(TextPolicy.DEFAULT, DeadLetterReason.UNDECODABLE).read("any")))
        .isNull();
  }

  private static String digest(Executable reading) {
    return assertThrows(UnscorableException.class, reading).stackDigest();
  }

  @SuppressWarnings("InfiniteRecursion") // As a parser does on a record without end.
  private static String recurse(String record) {
    return "(" + recurse(record);
  }

  /** A reader whose extractor gives the record itself, or refuses it for a reason. */
  private static TextReader<String> reader(TextPolicy policy, DeadLetterReason refusal) {
    return reading(
        record -> {
          if (refusal != null) {
            throw new UnscorableException(refusal, "said the extractor");
          }
          return record;
        },
        policy);
  }

  private static TextReader<String> reading(Function<String, String> text, TextPolicy policy) {
    return new TextReader<>(
        text,
        null,
        InputForm.AS_READ,
        new InputEncoder(new CuttingTokenizer(), policy, false, false, Character.MAX_VALUE));
  }

  /** Each character is a token. */
  private static final class CuttingTokenizer implements Tokenizer {
    @Override
    public Encoding encode(TextInput input) {
      int[] ids = input.text().chars().limit(LIMIT).toArray();
      return new Encoding(ids, null, ids.length < input.text().length());
    }

    @Override
    public void close() {}
  }
}
