package io.flinkinference.tokenize.wordpiece;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.model.ModelRepositories;
import io.flinkinference.text.Encoding;
import io.flinkinference.text.TextInput;
import io.flinkinference.tokenize.DjlTokenizer;
import io.flinkinference.tokenize.Kept;
import io.flinkinference.tokenize.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The native tokenizer is the reference. */
class WordPieceTokenizerTest {

  private static final int MAX_TOKENS = 128;
  private static final int MAX_CHARACTERS = 10_000;

  private static Tokenizer reference;
  private static Tokenizer tokenizer;

  @BeforeAll
  static void open() {
    Path file = ModelRepositories.standard().resolve("all-minilm-l6-v2").tokenizerFile();
    reference = DjlTokenizer.open(file, MAX_TOKENS, MAX_CHARACTERS);
    tokenizer = WordPieceTokenizer.open(file, MAX_TOKENS, MAX_CHARACTERS, Kept.START).orElseThrow();
  }

  @AfterAll
  static void close() {
    reference.close();
  }

  @Test
  void everyCharacterOfUnicodeIsReadAsTheReferenceReadsIt() {
    List<String> differences = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (int block = 0; block <= Character.MAX_CODE_POINT; block += 16) {
      text.setLength(0);
      for (int c = block; c < block + 16; c++) {
        text.append("a").appendCodePoint(c).append("b ");
      }
      if (!same(text.toString())) {
        for (int c = block; c < block + 16; c++) {
          String one = "a" + Character.toString(c) + "b";
          if (!same(one)) {
            differences.add(String.format("U+%04X %d", c, Character.getType(c)));
          }
        }
      }
    }
    assertThat(differences).isEmpty();
  }

  @Test
  void mixturesOfScriptsAndRubbishGiveTheIdsOfTheReference() {
    Random random = new Random(12);
    List<String> parts =
        List.of(
            "the parliament",
            "Straße",
            "CAFÉ",
            "naïve",
            "İstanbul",
            "ΣΊΣΥΦΟΣ",
            "日本語",
            "한국어",
            "\u0928\u092e\u0938\u094d\u0924\u0947",
            "عربي",
            "\ud83d\ude00",
            "e\u0301\u0327",
            "[MASK]",
            "[CLS",
            "[SEP][PAD]",
            "[mask]",
            "##ing",
            "don't",
            "U.S.A.",
            "1,234.56",
            " ",
            "\t",
            "\u00a0",
            "\u200b",
            "\u2028",
            "\ufffd",
            "\ud800",
            "\u0000",
            "\u0007",
            "\u3000",
            "a".repeat(99),
            "b".repeat(101),
            "\ud835\udd4f".repeat(100),
            "\uac00\u0300",
            "ﬁ");
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(12); i >= 0; i--) {
        text.append(parts.get(random.nextInt(parts.size())));
        if (random.nextInt(3) == 0) {
          text.appendCodePoint(random.nextInt(0x3000));
        }
        if (random.nextBoolean()) {
          text.append(' ');
        }
      }
      assertSame(TextInput.of(text.toString()));
    }
  }

  @Test
  void longTextsAndPairsAreCutWhereTheReferenceCutsThem() {
    Random random = new Random(13);
    for (int round = 0; round < 3_000; round++) {
      assertSame(new TextInput(words(random), words(random)));
      assertSame(TextInput.of(words(random)));
    }
  }

  private static String words(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(120); i > 0; i--) {
      text.append(random.nextBoolean() ? "word " : "unbelievable, ");
    }
    return text.toString();
  }

  private static void assertSame(TextInput input) {
    Encoding expected = reference.encode(input);
    Encoding encoding = tokenizer.encode(input);
    assertThat(encoding).as("%s", input).isEqualTo(expected);
    assertThat(encoding.truncated()).as("%s", input).isEqualTo(expected.truncated());
  }

  private static boolean same(String text) {
    Encoding expected = reference.encode(TextInput.of(text));
    return tokenizer.encode(TextInput.of(text)).equals(expected);
  }
}
