package io.flinkinference.tokenize;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.model.ModelRepositories;
import io.flinkinference.text.Encoding;
import io.flinkinference.text.TextInput;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LeftTruncationTest {

  private static final Path FILE =
      ModelRepositories.standard().resolve("all-minilm-l6-v2").tokenizerFile();

  @Test
  void longTextLosesItsBeginningAndKeepsItsSpecialTokens() {
    try (DjlTokenizer whole = DjlTokenizer.open(FILE, 64, 1_000);
        DjlTokenizer left = DjlTokenizer.open(FILE, 4, 1_000, Kept.END)) {
      Encoding all = whole.encode(TextInput.of("one two three four"));
      Encoding end = left.encode(TextInput.of("one two three four"));
      assertThat(all.length()).isEqualTo(6);
      assertThat(end).isEqualTo(Encoding.of(all.id(0), all.id(3), all.id(4), all.id(5)));
      assertThat(end.truncated()).isTrue();
      assertThat(left.encode(TextInput.of("one two")).truncated()).isFalse();
      assertThat(left.encode(new TextInput("one two", "three")))
          .isEqualTo(
              new Encoding(
                  new int[] {all.id(0), all.id(2), all.id(5), all.id(5)},
                  new int[] {0, 0, 0, 1},
                  true));
    }
  }

  @Test
  void prefixComesBeforeTheTextAndOnlyThere() {
    try (DjlTokenizer plain = DjlTokenizer.open(FILE, 64, 1_000)) {
      Tokenizer prefixed = new PrefixedTokenizer(plain, "query: ");
      assertThat(prefixed.encode(new TextInput("a", "b")))
          .isEqualTo(plain.encode(new TextInput("query: a", "b")));
    }
  }
}
