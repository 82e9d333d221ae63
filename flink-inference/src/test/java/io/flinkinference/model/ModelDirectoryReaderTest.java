package io.flinkinference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelDirectoryReaderTest {

  @TempDir private Path parent;
  private TestModelDirectory directory;

  @BeforeEach
  void writeDirectory() throws IOException {
    directory = TestModelDirectory.in(parent);
  }

  @Test
  void threeFilesAreEnough() throws Exception {
    Model model = directory.read();
    Path onnx = directory.path.resolve("model.onnx");
    Path tokenizer = directory.path.resolve("tokenizer.json");
    assertThat(model)
        .isEqualTo(
            new Model(
                "my-model",
                onnx,
                tokenizer,
                sha256(onnx),
                sha256(tokenizer),
                new GraphFacts("fp32", true, 17),
                new ModelConfig(
                    512,
                    100,
                    0,
                    List.of(),
                    null,
                    null,
                    false,
                    "bert",
                    TokenLayout.USUAL,
                    List.of(),
                    Prompts.NONE,
                    "")));
  }

  @Test
  void anotherTokenizerMakesAnotherModel() throws IOException {
    Model before = directory.read();
    Path tokenizer = directory.path.resolve("tokenizer.json");
    Files.writeString(tokenizer, Files.readString(tokenizer) + "\n");
    assertThat(directory.read()).isNotEqualTo(before);
  }

  private static String sha256(Path file) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return HexFormat.of().formatHex(digest);
  }

  @Test
  void graphIsFoundInItsOnnxDirectory() throws IOException {
    directory.without("model.onnx").with("onnx/some.onnx", OnnxBytes.modelOf("MatMul"));
    assertThat(directory.read().onnxFile()).isEqualTo(directory.path.resolve("onnx/some.onnx"));
  }

  @Test
  void modelOnnxIsPreferred() throws IOException {
    directory.with("onnx/model_quantized.onnx", OnnxBytes.modelOf("QGemm"));
    assertThat(directory.read().onnxFile()).isEqualTo(directory.path.resolve("model.onnx"));
  }

  @Test
  void oneOfSeveralGraphsIsChosenByItsPath() throws IOException {
    directory.with("onnx/model_quantized.onnx", OnnxBytes.modelOf("QGemm"));
    Model model = ModelDirectoryReader.read(directory.path.resolve("onnx/model_quantized.onnx"));
    assertThat(model.name()).isEqualTo("my-model");
    assertThat(model.graph().precision()).isEqualTo("int8");
    assertThat(model.tokenizerFile()).isEqualTo(directory.path.resolve("tokenizer.json"));
  }

  @Test
  void weightsInOtherFilesArePartOfTheDigest() throws IOException {
    OnnxBytes graph = new OnnxBytes().message(5, OnnxBytes.externalTensor("model.onnx_data"));
    directory.with("model.onnx", OnnxBytes.model(graph)).with("model.onnx_data", "one".repeat(50));
    String before = directory.read().sha256();
    assertThat(directory.read().sha256()).isEqualTo(before);
    directory.with("model.onnx_data", "two".repeat(50));
    assertThat(directory.read().sha256()).isNotEqualTo(before);
  }

  @Test
  void smallestLimitOfTokensHolds() throws IOException {
    directory.with("tokenizer_config.json", "{\"model_max_length\": 400}");
    assertThat(directory.read().config().maxTokens()).isEqualTo(400);
    directory.with("sentence_bert_config.json", "{\"max_seq_length\": 256}");
    assertThat(directory.read().config().maxTokens()).isEqualTo(256);
    directory.configured("512", "128");
    assertThat(directory.read().config().maxTokens()).isEqualTo(128);
  }

  @ParameterizedTest
  @ValueSource(strings = {"roberta", "distilbert", "camembert", "albert", "xlm-roberta", "xlnet"})
  void limitOfOldSentenceTransformersHoldsToo(String family) throws IOException {
    directory.with("sentence_" + family + "_config.json", "{\"max_seq_length\": 128}");
    assertThat(directory.read().config().maxTokens()).isEqualTo(128);
    directory.with("sentence_bert_config.json", "{\"max_seq_length\": 256}");
    assertThat(directory.read().config().maxTokens()).isEqualTo(256);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\": \"BertNormalizer\", \"lowercase\": true}",
        "{\"type\": \"Lowercase\"}",
        "{\"type\": \"Sequence\", \"normalizers\": [{\"type\": \"NFC\"}, {\"type\": \"Lowercase\"}]}"
      })
  void lowercaseOfSentenceTransformersMayBeThatOfTheTokenizer(String normalizer)
      throws IOException {
    directory.with("sentence_bert_config.json", "{\"do_lower_case\": true}");
    withNormalizer(normalizer);
    assertThat(directory.read().config().maxTokens()).isEqualTo(512);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\": \"BertNormalizer\", \"lowercase\": false}",
        "{\"type\": \"Sequence\", \"normalizers\": [{\"type\": \"NFC\"}]}",
        "null"
      })
  void lowercaseOfSentenceTransformersAloneIsRefused(String normalizer) throws IOException {
    directory.with("sentence_bert_config.json", "{\"do_lower_case\": true}");
    withNormalizer(normalizer);
    assertThatThrownBy(directory::read)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("\"do_lower_case\" in ")
        .hasMessageContaining("sentence_bert_config.json is true, but tokenizer.json keeps capital")
        .hasMessageContaining("Add a normalizer of the type Lowercase");
    directory.with("sentence_bert_config.json", "{\"do_lower_case\": false}");
    assertThat(directory.read().config().maxTokens()).isEqualTo(512);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"do_lower_case\": false          | true  | null  | true",
        "\"do_lower_case\": true           | false | null  | true",
        "\"strip_accents\": false          | true  | null  | true",
        "\"strip_accents\": true           | false | null  | true",
        "\"strip_accents\": false          | false | true  | true",
        "\"tokenize_chinese_chars\": false | true  | null  | true",
        "\"tokenize_chinese_chars\": true  | true  | null  | false",
      })
  void whatTheFilesOfATokenizerSayOtherwiseOfItsNormalizerIsRefused(
      String configured, String lowercase, String accents, String ideographs) throws IOException {
    directory.with("tokenizer_config.json", "{" + configured + "}");
    withNormalizer(bertNormalizer(lowercase, accents, ideographs));
    assertThatThrownBy(directory::read)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(configured.split(":", -1)[0] + " in ")
        .hasMessageContaining("but the normalizer of tokenizer.json does")
        .hasMessageContaining("save it again");
    directory.with(
        "tokenizer_config.json",
        "{\"tokenizer_class\": \"PreTrainedTokenizerFast\", " + configured + "}");
    assertThat(directory.read().config().maxTokens()).isEqualTo(512);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"do_lower_case\": true, \"strip_accents\": null  | true  | null  | true",
        "\"do_lower_case\": true, \"strip_accents\": true  | true  | null  | true",
        "\"do_lower_case\": null, \"strip_accents\": null  | false | true  | false",
        "\"do_lower_case\": false, \"strip_accents\": false | false | null | true",
        "\"tokenize_chinese_chars\": true                 | true  | false | true",
      })
  void whatTheFilesOfATokenizerSayAlikeOfItsNormalizerIsTaken(
      String configured, String lowercase, String accents, String ideographs) throws IOException {
    directory.with("tokenizer_config.json", "{" + configured + "}");
    withNormalizer(bertNormalizer(lowercase, accents, ideographs));
    assertThat(directory.read().config().maxTokens()).isEqualTo(512);
  }

  @ParameterizedTest
  @CsvSource({
    "RobertaTokenizer, true, false",
    "RobertaTokenizerFast, false, true",
    "DebertaTokenizer, true, false"
  })
  void whatTheFilesOfATokenizerSayOtherwiseOfABlankBeforeTheTextIsRefused(
      String type, boolean configured, boolean done) throws IOException {
    withPreTokenizer("{\"type\": \"ByteLevel\", \"add_prefix_space\": " + done + "}");
    withBlankFirst(type, configured);
    assertThatThrownBy(directory::read)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("\"add_prefix_space\" in ")
        .hasMessageContaining("is " + configured + ", but the pre-tokenizer of tokenizer.json does")
        .hasMessageContaining("save it again");
    withBlankFirst(type, done);
    assertThat(directory.read().config().maxTokens()).isEqualTo(512);
    withBlankFirst("PreTrainedTokenizerFast", configured);
    assertThat(directory.read().config().maxTokens()).isEqualTo(512);
  }

  @Test
  void pretokenizersInASequenceAreNotHeldAgainstIt() throws IOException {
    withPreTokenizer(
        "{\"type\": \"Sequence\", \"pretokenizers\":"
            + " [{\"type\": \"ByteLevel\", \"add_prefix_space\": false}]}");
    withBlankFirst("GPT2Tokenizer", true);
    assertThat(directory.read().config().maxTokens()).isEqualTo(512);
  }

  private void withBlankFirst(String type, boolean configured) throws IOException {
    directory.with(
        "tokenizer_config.json",
        "{\"tokenizer_class\": \"%s\", \"add_prefix_space\": %s}".formatted(type, configured));
  }

  private void withPreTokenizer(String preTokenizer) throws IOException {
    withNormalizer("null, \"pre_tokenizer\": " + preTokenizer);
  }

  private static String bertNormalizer(String lowercase, String accents, String ideographs) {
    return ("{\"type\": \"BertNormalizer\", \"lowercase\": %s, \"strip_accents\": %s,"
            + " \"handle_chinese_chars\": %s}")
        .formatted(lowercase, accents, ideographs);
  }

  private void withNormalizer(String normalizer) throws IOException {
    String tokenizer = Files.readString(directory.path.resolve("tokenizer.json"));
    directory.with(
        "tokenizer.json", tokenizer.replace("{\"type\": \"BertNormalizer\"}", normalizer));
  }

  @ParameterizedTest
  @CsvSource({"1000000000000000019884624838656", "1e30", "null", "512.0"})
  void tokenizerWithoutLimitLeavesThatOfThePositions(String limit) throws IOException {
    directory.with("tokenizer_config.json", "{\"model_max_length\": " + limit + "}");
    assertThat(directory.read().config().maxTokens()).isEqualTo(512);
  }

  @ParameterizedTest
  @CsvSource({"roberta, 512", "xlm-roberta, 512", "camembert, 512", "mpnet, 512", "bert, 514"})
  void positionsBeforePaddingAreNotForText(String type, int expected) throws IOException {
    directory
        .configured("\"bert\"", "\"" + type + "\"")
        .configured("512", "514")
        .configured("\"pad_token_id\": 0", "\"pad_token_id\": 1");
    assertThat(directory.read().config().maxTokens()).isEqualTo(expected);
  }

  @Test
  void limitOfTheTokenizerServesWhereThereIsNoPositionTable() throws IOException {
    directory
        .configured("\"max_position_embeddings\": 512,", "")
        .with("tokenizer_config.json", "{\"model_max_length\": 300}");
    assertThat(directory.read().config().maxTokens()).isEqualTo(300);
    directory.configuredWith("\"n_positions\": 200");
    assertThat(directory.read().config().maxTokens()).isEqualTo(200);
  }

  @Test
  void paddingTokenIsFoundWhereConfigDoesNotNameIt() throws IOException {
    directory.configured(", \"pad_token_id\": 0", "");
    directory.with("tokenizer_config.json", "{\"pad_token\": \"[MASK]\"}");
    assertThat(directory.read().config().padTokenId()).isEqualTo(3);
    directory.with("tokenizer_config.json", "{\"pad_token\": {\"content\": \"[PAD]\"}}");
    assertThat(directory.read().config().padTokenId()).isEqualTo(0);
    String tokenizer = Files.readString(directory.path.resolve("tokenizer.json"));
    directory.with(
        "tokenizer.json", tokenizer.replace("\"padding\": null", "\"padding\": {\"pad_id\": 5}"));
    assertThat(directory.read().config().padTokenId()).isEqualTo(5);
  }

  @Test
  void vocabularyOfUnigramTokenizersIsAList() throws IOException {
    directory.with(
        "tokenizer.json",
        "{\"model\": {\"type\": \"Unigram\", \"vocab\": [[\"<pad>\", 0.0], [\"a\", -1.5]]}}");
    assertThat(directory.read().config().vocabularySize()).isEqualTo(100);
    assertThat(TokenizerFile.read(directory.path.resolve("tokenizer.json")).vocabularySize())
        .isEqualTo(2);
  }

  @Test
  void labelsComeInTheOrderOfTheirIds() throws IOException {
    directory.configuredWith(
        "\"problem_type\": \"multi_label_classification\", \"id2label\": {\"2\": \"c\", \"10\":"
            + " \"k\", \"0\": \"a\", \"1\": \"b\", \"3\": \"d\", \"4\": \"e\", \"5\": \"f\","
            + " \"6\": \"g\", \"7\": \"h\", \"8\": \"i\", \"9\": \"j\"}");
    ModelConfig config = directory.read().config();
    assertThat(config.labels())
        .containsExactly("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k");
    assertThat(config.problemType()).isEqualTo(ProblemType.MULTI_LABEL);
  }

  @Test
  void defaultLabelsOfAnEncoderAreNone() throws IOException {
    directory.configuredWith("\"id2label\": {\"0\": \"LABEL_0\", \"1\": \"LABEL_1\"}");
    assertThat(directory.read().config().labels()).isEmpty();
    directory.configured("BertModel", "BertForSequenceClassification");
    assertThat(directory.read().config().labels()).containsExactly("LABEL_0", "LABEL_1");
  }

  @Test
  void classifierWithoutLabelsHasTheTwoThatTransformersLeavesOut() throws IOException {
    directory.configured("BertModel", "BertForSequenceClassification");
    assertThat(directory.read().config().labels()).containsExactly("LABEL_0", "LABEL_1");
    directory.configuredWith("\"num_labels\": 1");
    assertThat(directory.read().config().labels()).containsExactly("LABEL_0");
  }

  @Test
  void activationOfACrossEncoderIsThatOfTheNewerKey() throws IOException {
    directory.configuredWith("\"sbert_ce_default_activation_function\": \"a.Identity\"");
    assertThat(directory.read().config().scoreActivation()).isEqualTo("a.Identity");
    directory.configuredWith("\"sentence_transformers\": {\"activation_fn\": \"a.Sigmoid\"}");
    assertThat(directory.read().config().scoreActivation()).isEqualTo("a.Sigmoid");
    directory.with(
        "config_sentence_transformers.json",
        "{\"model_type\": \"CrossEncoder\", \"activation_fn\": \"b.Identity\"}");
    assertThat(directory.read().config().scoreActivation()).isEqualTo("b.Identity");
  }

  @Test
  void sentenceTransformersModulesDecidePoolingAndNorm() throws IOException {
    directory
        .with(
            "modules.json",
            "[{\"path\": \"\", \"type\": \"sentence_transformers.models.Transformer\"},"
                + " {\"path\": \"1_Pooling\", \"type\": \"sentence_transformers.models.Pooling\"},"
                + " {\"path\": \"2_Normalize\", \"type\": \"x.Normalize\"}]")
        .with(
            "1_Pooling/config.json",
            "{\"pooling_mode_cls_token\": true, \"pooling_mode_mean_tokens\": false}");
    assertThat(directory.read().config().pooling()).isEqualTo(Pooling.CLS);
    assertThat(directory.read().config().normalized()).isTrue();
    directory.with("1_Pooling/config.json", "{\"pooling_mode\": \"mean\"}").without("modules.json");
    assertThat(directory.read().config().pooling()).isEqualTo(Pooling.MEAN);
    assertThat(directory.read().config().normalized()).isFalse();
  }
}
