package io.flinkinference.tokenize;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.flinkinference.model.ModelRepositories;
import io.flinkinference.text.TextInput;
import io.flinkinference.text.Window;
import io.flinkinference.tokenize.wordpiece.WordPieceTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Real tokenizers, held against each other and against the library's own truncation. */
class CuttingTest {

  private static final Path FILE =
      ModelRepositories.standard().resolve("all-minilm-l6-v2").tokenizerFile();
  private static final int LIMIT = 24;

  @Test
  void textsAndPairsAreCutAsTheLibraryCutsThem() throws IOException {
    Map<String, String> options =
        Map.of("truncation", "true", "maxLength", "24", "modelMaxLength", "24", "padding", "false");
    Random random = new Random(1);
    try (DjlTokenizer here = DjlTokenizer.open(FILE, LIMIT, 9_999);
        HuggingFaceTokenizer library =
            NativeTokenizers.with(
                () -> {
                  try {
                    return HuggingFaceTokenizer.newInstance(FILE, options);
                  } catch (IOException e) {
                    throw new AssertionError(e);
                  }
                })) {
      for (int round = 0; round < 300; round++) {
        String text = words(random, 30);
        String pair = words(random, 30);
        assertSame(here.encode(TextInput.of(text)), library.encode(text));
        assertSame(here.encode(new TextInput(text, pair)), library.encode(text, pair));
      }
    }
  }

  private static void assertSame(io.flinkinference.text.Encoding here, Encoding library) {
    long[] ids = new long[here.length()];
    long[] types = new long[here.length()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = here.id(i);
      types[i] = here.typeId(i);
    }
    assertThat(ids).isEqualTo(library.getIds());
    assertThat(types).isEqualTo(library.getTypeIds());
    assertThat(here.truncated()).isEqualTo(library.exceedMaxLength());
  }

  @Test
  void bothTokenizersMakeTheSameWindows() {
    Random random = new Random(2);
    try (DjlTokenizer natively = DjlTokenizer.open(FILE, LIMIT, 9_999);
        WordPieceTokenizer inJava =
            WordPieceTokenizer.open(FILE, LIMIT, 9_999, Kept.START).orElseThrow()) {
      Tokenizer prefixedNatively = new PrefixedTokenizer(natively, "query: ");
      Tokenizer prefixedInJava = new PrefixedTokenizer(inJava, "query: ");
      for (int round = 0; round < 200; round++) {
        TextInput text = TextInput.of(words(random, 120));
        TextInput pair = new TextInput(words(random, 8), words(random, 80));
        assertThat(windows(inJava, text, false)).isEqualTo(windows(natively, text, false));
        assertThat(windows(inJava, pair, true)).isEqualTo(windows(natively, pair, true));
        assertThat(windows(prefixedInJava, text, false))
            .isEqualTo(windows(prefixedNatively, text, false));
        for (Kept kept : Kept.values()) {
          assertThat(prefixedInJava.encodeWhole(pair, kept, false).keep(kept))
              .isEqualTo(prefixedNatively.encodeWhole(pair, kept, false).keep(kept));
        }
      }
    }
  }

  private static List<Window> windows(Tokenizer tokenizer, TextInput input, boolean ofSecond) {
    return tokenizer.encodeWhole(input, Kept.START, false).windows(3, 99, ofSecond);
  }

  @Test
  void eachWindowBeginsWithThePrefix() {
    try (DjlTokenizer natively = DjlTokenizer.open(FILE, LIMIT, 60)) {
      Tokenizer prefixed = new PrefixedTokenizer(natively, "query: ");
      io.flinkinference.text.Encoding query = natively.encode(TextInput.of("query:"));
      TextInput text = TextInput.of("a ".repeat(25));
      List<Window> windows = windows(prefixed, text, false);
      assertThat(windows).hasSizeGreaterThan(1);
      for (Window window : windows) {
        assertThat(window.encoding().id(1)).isEqualTo(query.id(1));
        assertThat(window.encoding().id(2)).isEqualTo(query.id(2));
        assertThat(window.at()).isEqualTo(3);
      }
      // Also where characters are left out at the beginning.
      io.flinkinference.text.Encoding end =
          prefixed.encodeWhole(TextInput.of("b ".repeat(99)), Kept.END, false).keep(Kept.END);
      assertThat(end.id(1)).isEqualTo(query.id(1));
      assertThat(end.truncated()).isTrue();
    }
  }

  @Test
  void tokensOfWindowsStandWhereTheyStandInTheWholeText() {
    String text = "\uD83D\uDE00 Ann met Bob. ".repeat(20);
    try (DjlTokenizer natively = DjlTokenizer.open(FILE, LIMIT, 9_999);
        DjlTokenizer whole = DjlTokenizer.open(FILE, 999, 9_999)) {
      io.flinkinference.text.Encoding all = whole.encodeWithSpans(TextInput.of(text));
      for (Window window :
          natively.encodeWhole(TextInput.of(text), Kept.START, true).windows(4, 99, false)) {
        for (int i = 0; i < window.tokens(); i++) {
          int inAll = 1 + window.from() + i;
          int inWindow = window.at() + i;
          assertThat(window.encoding().spans().start(inWindow)).isEqualTo(all.spans().start(inAll));
          assertThat(window.encoding().spans().end(inWindow)).isEqualTo(all.spans().end(inAll));
          assertThat(window.encoding().id(inWindow)).isEqualTo(all.id(inAll));
        }
      }
    }
  }

  @Test
  void spansBehindWhatWasLeftOutAreThoseOfTheWholeText() {
    String text = "x ".repeat(50) + "\uD83D\uDE00 Bob";
    try (DjlTokenizer natively = DjlTokenizer.open(FILE, LIMIT, 40)) {
      for (Kept kept : List.of(Kept.END, Kept.BOTH_ENDS)) {
        io.flinkinference.text.Encoding encoding =
            natively.encodeWhole(TextInput.of(text), kept, true).keep(kept);
        int bob = encoding.length() - 2;
        int start = encoding.spans().start(bob);
        assertThat(text.substring(start, encoding.spans().end(bob))).isEqualTo("Bob");
      }
    }
  }

  private static String words(Random random, int most) {
    String[] some = {"word", "unbelievable,", "Caf\u00E9", "1,000", "x", "[SEP]", "\u4E2D\u6587"};
    String[] words = new String[random.nextInt(most)];
    Arrays.setAll(words, i -> some[random.nextInt(some.length)]);
    return String.join(" ", words);
  }
}
