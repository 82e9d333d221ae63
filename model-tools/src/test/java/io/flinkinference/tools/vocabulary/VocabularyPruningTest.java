package io.flinkinference.tools.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flinkinference.batch.TokenBatch;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelRepositories;
import io.flinkinference.text.Encoding;
import io.flinkinference.text.TextInput;
import io.flinkinference.tokenize.DjlTokenizer;
import io.flinkinference.tools.graph.ElementType;
import io.flinkinference.tools.graph.Families;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.GraphException;
import io.flinkinference.tools.graph.OnnxReader;
import io.flinkinference.tools.graph.Tensor;
import io.flinkinference.tools.graph.ValueInfos;
import io.flinkinference.tools.session.GraphSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyPruningTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> USED =
      List.of(
          "The committee discussed the report and voted on every amendment.",
          "Resumption of the session, adjourned on Friday 17 December!",
          "Die Würde des Menschen ist unantastbar.",
          "don't worry: it's 9.45");

  private static final List<String> OTHERS =
      List.of("Unparalleled zoological expeditions", "今天天气很好", "naïve café 😀 ##x [MASK]");

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"bert", "roberta", "xlm-roberta", "albert", "modernbert", "electra"})
  void textsOfKeptTokensHaveTheSameBits(String family) throws IOException {
    Path model = Families.of(family, "embedding");
    check(model, model.resolve("model.onnx"));
  }

  @Test
  void realEncoderLosesMostOfItsTableAndNothingElse() throws IOException {
    Model model = ModelRepositories.standard().resolve("all-minilm-l6-v2");
    VocabularyPruning.Sizes sizes = check(model.tokenizerFile().getParent(), model.onnxFile());
    assertThat(sizes.before()).isEqualTo(30_522);
    assertThat(sizes.after()).isLessThan(5_000);
  }

  /** Whose ids would be of other rows. */
  @Test
  void otherFormsOfTheTokenizerAreDeleted() throws IOException {
    Path model = altered("bert", "config.json", config -> {});
    Path old = Files.writeString(directory.resolve("spm.model"), "[PAD]");
    Path other = Files.writeString(directory.resolve("special_tokens_map.json"), "{}");
    VocabularyPruning.of(model).apply(graph("bert"), 0, directory);
    assertThat(old).doesNotExist();
    assertThat(other).exists();
  }

  @Test
  void tokensOfWhoseCharactersOneIsMissingAreKept() {
    ObjectNode tokenizer = JSON.createObjectNode();
    ObjectNode vocab = tokenizer.putObject("model").put("type", "WordPiece").putObject("vocab");
    List<String> tokens = List.of("[UNK]", "a", "b", "##a", "ab", "ba", "##ab");
    tokens.forEach(token -> vocab.put(token, vocab.size()));
    Keeping keeping = new Vocabulary(tokenizer).keeping(new BitSet());
    assertThat(IntStream.range(0, tokens.size()).filter(keeping::has).mapToObj(tokens::get))
        .containsExactly("[UNK]", "a", "b", "##a", "ab", "##ab");
  }

  @Test
  void paddingThatTheTokenizerDoesNotHaveIsTold() throws IOException {
    Path model = altered("bert", "config.json", config -> config.put("pad_token_id", 99_999));
    VocabularyPruning pruning = VocabularyPruning.of(model);
    assertThatThrownBy(() -> pruning.apply(graph("bert"), 99_999, directory))
        .isInstanceOf(GraphException.class)
        .hasMessageStartingWith("Padding has the id 99999, of which the tokenizer");
  }

  @Test
  void tokensThatTheTokenizerDoesNotHaveAreLeftOut() throws IOException {
    Path model = altered("bert", "config.json", config -> config.put("bos_token_id", 99_999));
    Path tokenizer = model.resolve("tokenizer.json");
    change(tokenizer, json -> json.putObject("padding").put("pad_id", 99_999));
    VocabularyPruning.of(model).apply(graph("bert"), 0, directory);
    JsonNode config = JSON.readTree(directory.resolve("config.json").toFile());
    assertThat(config.has("bos_token_id")).isFalse();
    assertThat(config.path("pad_token_id").isInt()).isTrue();
    JsonNode reduced = JSON.readTree(directory.resolve("tokenizer.json").toFile());
    assertThat(reduced.get("padding").isNull()).isTrue();
    open(directory).close();
  }

  @Test
  void decodedTokensThatTheTokenizerDoesNotHaveAreLeftOut() throws IOException {
    Path model = altered("bert", "config.json", config -> {});
    Files.writeString(
        model.resolve("tokenizer_config.json"),
        "{\"added_tokens_decoder\": {\"0\": {\"content\": \"[PAD]\"}, \"99999\": {}}}");
    VocabularyPruning.of(model).apply(graph("bert"), 0, directory);
    JsonNode settings = JSON.readTree(directory.resolve("tokenizer_config.json").toFile());
    assertThat(settings.path("added_tokens_decoder").properties())
        .extracting(Map.Entry::getKey)
        .containsExactly("0");
  }

  @Test
  void tokenAroundTextsThatTheTokenizerDoesNotHaveIsTold() throws IOException {
    Path model =
        altered(
            "bert",
            "tokenizer.json",
            json ->
                json.putObject("post_processor")
                    .put("type", "BertProcessing")
                    .putArray("sep")
                    .add("[SEP]")
                    .add(99_999));
    VocabularyPruning pruning = VocabularyPruning.of(model);
    assertThatThrownBy(() -> pruning.apply(graph("bert"), 0, directory))
        .isInstanceOf(GraphException.class)
        .hasMessageContaining("a token with the id 99999, which is none of its vocabulary");
  }

  @Test
  void addedTokenBeyondTheTableIsToldWithTheCure() throws IOException {
    Path model =
        altered(
            "bert",
            "tokenizer.json",
            json -> json.withArray("added_tokens").addObject().put("id", 400));
    VocabularyPruning pruning = VocabularyPruning.of(model);
    assertThatThrownBy(() -> pruning.apply(graph("bert"), 0, directory))
        .isInstanceOf(GraphException.class)
        .hasMessageContaining("has 400 rows, but the vocabulary reaches to the id 400")
        .hasMessageContaining("with ids of 400 and more out of tokenizer.json");
  }

  /** Scores would be of the old tokens, and told by new ids. */
  @Test
  void graphThatScoresTheVocabularyIsRefused() throws IOException {
    Graph graph = graph("bert");
    VocabularyPruning pruning = VocabularyPruning.of(Families.of("bert", "embedding"));
    int rows = pruning.apply(graph.copy(), 0, directory).before();
    List<ValueInfoProto> outputs = new ArrayList<>(graph.outputs());
    outputs.add(ValueInfos.of("logits", ElementType.FLOAT, -1, -1, rows));
    graph.setOutputs(outputs);
    assertThatThrownBy(() -> pruning.apply(graph, 0, directory))
        .hasMessageStartingWith(
            "The output logits has a number for each of the " + rows + " tokens");
  }

  @Test
  void mergesWithEndsOfWordsAreRefused() throws IOException {
    Path model =
        altered(
            "roberta",
            "tokenizer.json",
            json -> ((ObjectNode) json.get("model")).put("end_of_word_suffix", "</w>"));
    assertThatThrownBy(() -> VocabularyPruning.of(model))
        .hasMessageContaining("'end_of_word_suffix' ('</w>')")
        .hasMessageEndingWith("Leave --vocabulary out.");
  }

  private static int padding(Path model) throws IOException {
    return JSON.readTree(model.resolve("config.json").toFile()).path("pad_token_id").asInt();
  }

  private static Graph graph(String family) {
    return OnnxReader.read(Families.of(family, "embedding").resolve("model.onnx"));
  }

  private Path altered(String family, String file, Consumer<ObjectNode> change) throws IOException {
    Path model = Files.createDirectory(directory.resolve("model"));
    for (String one : List.of("config.json", "tokenizer.json")) {
      Files.copy(Families.of(family, "embedding").resolve(one), model.resolve(one));
    }
    change(model.resolve(file), change);
    return model;
  }

  private static void change(Path file, Consumer<ObjectNode> change) throws IOException {
    ObjectNode json = (ObjectNode) JSON.readTree(file.toFile());
    change.accept(json);
    JSON.writeValue(file.toFile(), json);
  }

  private VocabularyPruning.Sizes check(Path model, Path onnx) throws IOException {
    Graph graph = OnnxReader.read(onnx);
    Graph smaller = graph.copy();
    VocabularyPruning pruning = VocabularyPruning.of(model);
    try (DjlTokenizer tokenizer = open(model)) {
      USED.forEach(text -> pruning.use(tokenizer.encode(TextInput.of(text))));
      VocabularyPruning.Sizes sizes = pruning.apply(smaller, padding(model), directory);
      assertThat(sizes.after()).isLessThan(sizes.before());
      try (DjlTokenizer reduced = open(directory);
          GraphSession before = GraphSession.open(graph);
          GraphSession after = GraphSession.open(smaller)) {
        for (String text : USED) {
          Encoding old = tokenizer.encode(TextInput.of(text));
          Encoding renumbered = reduced.encode(TextInput.of(text));
          assertThat(renumbered.length()).isEqualTo(old.length());
          Map<String, Tensor> expected = before.run(TokenBatch.of(old));
          Map<String, Tensor> found = after.run(TokenBatch.of(renumbered));
          expected.forEach(
              (name, tensor) ->
                  assertThat(found.get(name).toFloats()).containsExactly(tensor.toFloats()));
        }
        for (String text : OTHERS) {
          Encoding encoding = reduced.encode(TextInput.of(text));
          assertThat(encoding.length())
              .isGreaterThanOrEqualTo(tokenizer.encode(TextInput.of(text)).length());
          after.run(TokenBatch.of(encoding));
        }
      }
      return sizes;
    }
  }

  private static DjlTokenizer open(Path model) {
    return DjlTokenizer.open(model.resolve("tokenizer.json"), 48, 10_000);
  }
}
