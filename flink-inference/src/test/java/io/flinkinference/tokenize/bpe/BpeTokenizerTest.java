package io.flinkinference.tokenize.bpe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flinkinference.text.Encoding;
import io.flinkinference.text.TextInput;
import io.flinkinference.tokenize.DjlTokenizer;
import io.flinkinference.tokenize.Kept;
import io.flinkinference.tokenize.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The native tokenizer is the reference. */
class BpeTokenizerTest {

  private static final int MAX_TOKENS = 128;
  private static final int MAX_CHARACTERS = 1_000_000;

  private static final int BLOCK = 64;

  /** From here on there is nothing but plane 14 and private use, of which some are tried. */
  private static final int LAST_ASSIGNED = 0x34000;

  @TempDir private Path directory;

  /**
   * Merges that show whether a letter, a number or another sign is of one word with a character.
   */
  @ParameterizedTest
  @ValueSource(strings = {"none", "NFC"})
  void everyCharacterOfUnicodeIsReadAsTheReferenceReadsIt(String normalizer) throws IOException {
    BpeFiles file = BpeFiles.bytes();
    for (String first : List.of("a", "1", "!", "\u0120")) {
      for (int lead = 0x7F; lead <= 0xF4; lead++) {
        file.merge(first, String.valueOf(ByteAlphabet.characters()[lead]));
      }
    }
    ObjectNode tree = file.tree();
    if (normalizer.equals("NFC")) {
      tree.putObject("normalizer").put("type", "NFC");
    }
    try (Both both = new Both(tree, 1_000)) {
      List<String> differences = new ArrayList<>();
      for (int block = 0; block <= Character.MAX_CODE_POINT; block += BLOCK) {
        boolean assigned = block < LAST_ASSIGNED || block >> 16 == 0xE || block % 0x1000 == 0;
        if (assigned && !both.same(TextInput.of(around(block, block + BLOCK)))) {
          for (int c = block; c < block + BLOCK; c++) {
            if (!both.same(TextInput.of(around(c, c + 1)))) {
              differences.add("U+%04X".formatted(c));
            }
          }
        }
      }
      assertThat(differences).isEmpty();
    }
  }

  private static String around(int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int c = from; c < to; c++) {
      String one = Character.toString(c);
      for (String before : List.of("a", "1", "!", " ")) {
        text.append(before).append(one);
      }
      text.append(one).append(one).append("e\u0301");
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "blankFirst", "addedTokens", "NFC"})
  void mixturesOfScriptsAndRubbishGiveTheIdsOfTheReference(String form) throws IOException {
    ObjectNode tree = BpeFiles.gpt2().tree();
    switch (form) {
      case "blankFirst" -> ((ObjectNode) tree.get("pre_tokenizer")).put("add_prefix_space", true);
      case "addedTokens" -> {
        BpeFiles.addToken(tree, "<mask>").put("lstrip", true);
        BpeFiles.addToken(tree, "<s>");
        BpeFiles.addToken(tree, "<s><s>");
        BpeFiles.addToken(tree, "<end>").put("rstrip", true);
        BpeFiles.addToken(tree, "|||IP|||").put("normalized", true);
        BpeFiles.addToken(tree, "日本").put("normalized", true).put("lstrip", true);
      }
      case "NFC" -> {
        tree.putObject("normalizer").put("type", "NFC");
        BpeFiles.addToken(tree, "   ").put("normalized", true);
        BpeFiles.addToken(tree, "  ").put("normalized", true);
        BpeFiles.addToken(tree, "É!").put("normalized", true);
        BpeFiles.addToken(tree, "e\u0301");
      }
      default -> assertThat(form).isEqualTo("plain");
    }
    try (Both both = new Both(tree, MAX_TOKENS)) {
      Random random = new Random(12);
      for (int round = 0; round < 5_000; round++) {
        both.assertSame(TextInput.of(mixture(random)));
      }
      for (int round = 0; round < 1_000; round++) {
        both.assertSame(new TextInput(mixture(random), mixture(random)));
      }
    }
  }

  private static final List<String> PARTS =
      List.of(
          "the parliament",
          "Straße",
          "CAFÉ",
          "E\u0301!",
          "İstanbul",
          "ΣΊΣΥΦΟΣ",
          "日本語",
          "한국어",
          "\u0928\u092e\u0938\u094d\u0924\u0947",
          "عربي",
          "\ud83d\ude00",
          "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
          "e\u0301\u0327",
          "<mask>",
          "<s>",
          "<s><s><s>",
          "<end>",
          "|||IP|||",
          "\u1100\u1161",
          "don't",
          "'s",
          "'ll 've 're",
          "'LL",
          "''",
          "U.S.A.",
          "1,234.56",
          "x1y2",
          "½",
          " ",
          "  ",
          "   ",
          "\t",
          "\n\n",
          "\r\n",
          "\u00a0",
          "\u200b",
          "\u2028",
          "\u0085",
          "\ufffd",
          "\ud800",
          "\udc00",
          "\u0000",
          "\u3000",
          "a".repeat(99),
          "ab".repeat(70),
          "_",
          "__init__",
          "ﬁ",
          "\u0958");

  private static String mixture(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.append(PARTS.get(random.nextInt(PARTS.size())));
      if (random.nextInt(3) == 0) {
        text.appendCodePoint(random.nextInt(0x3000));
      }
      if (random.nextBoolean()) {
        text.append(' ');
      }
    }
    return text.toString();
  }

  @Test
  void hundredThousandLettersWithoutABlankAreOneWord() throws IOException {
    try (Both both = new Both(BpeFiles.gpt2().tree(), 1_000_000)) {
      Random random = new Random(14);
      StringBuilder letters = new StringBuilder();
      random.ints(100_000, 'a', 'z' + 1).forEach(letters::appendCodePoint);
      both.assertSame(TextInput.of(letters.toString()));
      both.assertSame(TextInput.of("a".repeat(100_000)));
      both.assertSame(TextInput.of("\u4eca".repeat(30_000)));
    }
  }

  @Test
  void framesAreThoseOfTheReference() throws IOException {
    ObjectNode tree = BpeFiles.gpt2().tree();
    ObjectNode frame = (ObjectNode) tree.get("post_processor");
    for (String kind : List.of("RobertaProcessing", "BertProcessing")) {
      frame.put("type", kind);
      if (kind.equals("BertProcessing")) {
        frame.remove(List.of("trim_offsets", "add_prefix_space"));
      }
      try (Both both = new Both(tree, 8)) {
        both.assertSame(TextInput.of(""));
        both.assertSame(new TextInput("", ""));
        both.assertSame(new TextInput("Where is it?", "It is not here, nor is it there."));
      }
    }
    ObjectNode sequence = tree.putObject("post_processor").put("type", "Sequence");
    sequence.putArray("processors").add(tree.get("pre_tokenizer")).add(frame);
    try (Both both = new Both(tree, 8)) {
      both.assertSame(new TextInput("Where is it?", "It is not here, nor is it there."));
    }
  }

  @Test
  void filesThatAskForMoreAreLeftToTheNativeTokenizer() throws IOException {
    refuses(tree -> ((ObjectNode) tree.get("model")).put("ignore_merges", true));
    refuses(tree -> ((ObjectNode) tree.get("model")).put("dropout", 0.1));
    refuses(tree -> ((ObjectNode) tree.get("model")).put("byte_fallback", true));
    refuses(tree -> ((ObjectNode) tree.get("model")).put("end_of_word_suffix", "</w>"));
    refuses(tree -> ((ObjectNode) tree.get("model").get("vocab")).remove("\u0100"));
    refuses(tree -> ((ObjectNode) tree.get("pre_tokenizer")).put("use_regex", false));
    refuses(tree -> ((ObjectNode) tree.get("pre_tokenizer")).put("type", "Whitespace"));
    refuses(tree -> tree.putObject("normalizer").put("type", "Lowercase"));
    refuses(tree -> tree.putNull("post_processor"));
    refuses(tree -> BpeFiles.addToken(tree, "word").put("single_word", true));
    refuses(tree -> BpeFiles.addToken(tree, "word").put("id", 7));
    refuses(
        tree -> {
          BpeFiles.addToken(tree, "<end>").put("rstrip", true);
          BpeFiles.addToken(tree, "  ");
        });
  }

  /** ModernBERT's vocabulary has none of them. */
  @Test
  void bytesThatNoTextHasMayBeMissing() throws IOException {
    ObjectNode tree = BpeFiles.bytes().tree();
    for (char c : ByteAlphabet.characters()) {
      if ((c >= 0xF5 && c <= 0xFF) || c == 0xC0 || c == 0xC1) {
        ((ObjectNode) tree.get("model").get("vocab")).remove(String.valueOf(c));
      }
    }
    try (Both both = new Both(tree, MAX_TOKENS)) {
      both.assertSame(TextInput.of("\u0080\u07ff\uffff\ud83d\ude00\udbff\udfff"));
    }
  }

  private void refuses(Consumer<ObjectNode> change) throws IOException {
    ObjectNode tree = BpeFiles.bytes().tree();
    assertThat(open(BpeFiles.write(tree, directory), MAX_TOKENS)).isNotNull();
    change.accept(tree);
    Path file = BpeFiles.write(tree, directory);
    assertThat(BpeTokenizer.open(file, MAX_TOKENS, MAX_CHARACTERS, Kept.START)).isEmpty();
  }

  private static Tokenizer open(Path file, int maxTokens) {
    return BpeTokenizer.open(file, maxTokens, MAX_CHARACTERS, Kept.START).orElseThrow();
  }

  /** The tokenizer and its reference. */
  private final class Both implements AutoCloseable {

    private final Tokenizer tokenizer;
    private final Tokenizer reference;

    Both(ObjectNode tree, int maxTokens) throws IOException {
      Path file = BpeFiles.write(tree, directory);
      tokenizer = open(file, maxTokens);
      reference = DjlTokenizer.open(file, maxTokens, MAX_CHARACTERS);
    }

    boolean same(TextInput input) {
      return tokenizer.encode(input).equals(reference.encode(input));
    }

    void assertSame(TextInput input) {
      Encoding expected = reference.encode(input);
      Encoding encoding = tokenizer.encode(input);
      assertThat(encoding).as("%s", input).isEqualTo(expected);
      assertThat(encoding.truncated()).as("%s", input).isEqualTo(expected.truncated());
    }

    @Override
    public void close() {
      reference.close();
    }
  }
}
