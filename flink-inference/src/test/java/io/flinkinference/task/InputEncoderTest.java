package io.flinkinference.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.UnscorableException;
import io.flinkinference.text.Encoding;
import io.flinkinference.text.TextInput;
import io.flinkinference.tokenize.Kept;
import io.flinkinference.tokenize.PrefixedTokenizer;
import io.flinkinference.tokenize.Tokenizer;
import io.flinkinference.tokenize.WholeText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With tokens that are characters, of which the model knows those before the letter c. */
class InputEncoderTest {

  private static final int LIMIT = 50;

  @ParameterizedTest
  @EnumSource(LongText.class)
  void aTokenThatTheModelHasNoRowForIsTheFaultOfItsText(LongText tooLong) {
    InputEncoder encoder = encoder(new CharacterTokenizer(), tooLong);
    assertThat(encoder.encode(TextInput.of("ab"))).hasSize(1);
    assertThatThrownBy(() -> encoder.encode(TextInput.of("abc")))
        .isInstanceOfSatisfying(
            UnscorableException.class,
            e -> assertThat(e.reason()).isEqualTo(DeadLetterReason.TOKENIZER_FAILURE))
        .hasMessageContaining("Token id 99 lies outside the vocabulary of 99")
        .hasMessageContaining("Take it out of the text");
  }

  @Test
  void eachWindowIsLookedAt() {
    InputEncoder encoder = encoder(new CharacterTokenizer(), LongText.WINDOW);
    String text = "a".repeat(2 * LIMIT);
    assertThat(encoder.encode(TextInput.of(text))).hasSizeGreaterThan(1);
    assertThatThrownBy(() -> encoder.encode(TextInput.of(text + "c")))
        .hasMessageContaining("Token id 99");
  }

  @Test
  void aPrefixWithSuchATokenIsToldAtTheStart() {
    Tokenizer prefixed = new PrefixedTokenizer(new CharacterTokenizer(), "c ");
    assertThatThrownBy(() -> encoder(prefixed, LongText.TRUNCATE))
        .hasMessageContaining("Token id 99")
        .hasMessageContaining("prefix");
  }

  @Test
  void aTokenizerThatDoesNotTellWhereTokensStandIsRefusedAtTheStart() {
    assertThatThrownBy(
            () -> new InputEncoder(new CharacterTokenizer(), TextPolicy.DEFAULT, true, false, 'c'))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("does not tell where tokens stand");
  }

  @Test
  void endsThatAreNoNeighboursAreRefusedWhereTokensAreReadAsSuch() {
    TextPolicy ends = new TextPolicy(BlankText.DEAD_LETTER, LongText.KEEP_BOTH_ENDS);
    assertThatThrownBy(() -> new InputEncoder(new CharacterTokenizer(), ends, true, false, 'c'))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("inference.text.too-long is KEEP_BOTH_ENDS")
        .hasMessageContaining("Set WINDOW");
  }

  private static InputEncoder encoder(Tokenizer tokenizer, LongText tooLong) {
    TextPolicy policy = new TextPolicy(BlankText.DEAD_LETTER, tooLong);
    return new InputEncoder(tokenizer, policy, false, false, 'c');
  }

  private static final class CharacterTokenizer implements Tokenizer {
    @Override
    public Encoding encode(TextInput input) {
      return encodeWhole(input, Kept.START, false).keep(Kept.START);
    }

    @Override
    public WholeText encodeWhole(TextInput input, Kept kept, boolean spans) {
      int[] ids = input.text().chars().toArray();
      return WholeText.of(ids, null, null, LIMIT, false, 0, ids.length);
    }

    @Override
    public void close() {}
  }
}
