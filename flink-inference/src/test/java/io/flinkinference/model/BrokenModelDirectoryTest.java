package io.flinkinference.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each part that is missing or contradicts another has an error of its own. */
class BrokenModelDirectoryTest {

  @TempDir private Path parent;
  private TestModelDirectory directory;

  @BeforeEach
  void writeDirectory() throws IOException {
    directory = TestModelDirectory.in(parent);
  }

  @ParameterizedTest
  @CsvSource({"config.json, Copy the one", "tokenizer.json, save_pretrained"})
  void missingFileIsNamedWithItsCure(String file, String cure) throws IOException {
    directory.without(file);
    expect("There is no file " + directory.path.resolve(file), cure);
  }

  @Test
  void directoryWithoutGraphSaysHowToExport() throws IOException {
    directory.without("model.onnx");
    expect("There is no .onnx file in " + directory.path, "optimum-cli export onnx");
  }

  @Test
  void severalGraphsAreListed() throws IOException {
    byte[] graph = OnnxBytes.modelOf("MatMul");
    directory.without("model.onnx").with("a.onnx", graph).with("onnx/b.onnx", graph);
    expect("several graphs: [a.onnx, onnx" + java.io.File.separator + "b.onnx]", "Name the one");
  }

  @Test
  void twoPreferredGraphsAreListed() throws IOException {
    directory.with("onnx/model.onnx", OnnxBytes.modelOf("MatMul"));
    expect("several graphs", "Name the one");
  }

  @Test
  void missingWeightsAreNamed() throws IOException {
    OnnxBytes graph = new OnnxBytes().message(5, OnnxBytes.externalTensor("model.onnx_data"));
    directory.with("model.onnx", OnnxBytes.model(graph));
    expect(directory.path.resolve("model.onnx_data").toString(), "Copy that file too");
  }

  @Test
  void weightsThatAreCutAreNamed() throws IOException {
    OnnxBytes graph = new OnnxBytes().message(5, OnnxBytes.externalTensor("model.onnx_data"));
    directory.with("model.onnx", OnnxBytes.model(graph)).with("model.onnx_data", new byte[123]);
    expect(
        directory.path.resolve("model.onnx_data") + " has 123 bytes, but the weights",
        "reach to byte 124",
        "git lfs pull");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {"``", "[]", "null", "\"text\""})
  void fileThatHoldsNoObjectIsNamed(String content) throws IOException {
    directory.with("config.json", content);
    expect(directory.path.resolve("config.json") + " holds no JSON object", "Copy or export");
  }

  @Test
  void weightsOutsideOfTheDirectoryAreRefused() throws IOException {
    OnnxBytes graph = new OnnxBytes().message(5, OnnxBytes.externalTensor("../secret"));
    directory.with("model.onnx", OnnxBytes.model(graph));
    expect("../secret, outside of its directory");
  }

  @ParameterizedTest
  @CsvSource({"config.json", "tokenizer.json", "tokenizer_config.json", "modules.json"})
  void brokenJsonIsNamedWithItsPlace(String file) throws IOException {
    directory.with(file, "{\"a\": 1,\n \"b\": }");
    expect(directory.path.resolve(file) + ", line 2 column ", "not valid JSON");
  }

  @Test
  void fileThatIsNoTokenizerIsNamed() throws IOException {
    directory.with("tokenizer.json", "{\"do_lower_case\": true}");
    expect("tokenizer.json has no vocabulary");
  }

  @Test
  void tokenizerOfAnotherModelIsNoticed() throws IOException {
    directory.configured("\"vocab_size\": 100", "\"vocab_size\": 99");
    expect("has 100 tokens, but \"vocab_size\" in config.json is 99", "different models");
  }

  @ParameterizedTest
  @CsvSource({"-1", "100"})
  void paddingOutsideOfTheVocabularyIsNoticed(String id) throws IOException {
    directory.configured("\"pad_token_id\": 0", "\"pad_token_id\": " + id);
    expect("padding token of " + directory.path + " is " + id, "Correct \"pad_token_id\"");
  }

  @Test
  void missingPaddingTokenIsNoticed() throws IOException {
    directory.configured("\"pad_token_id\": 0", "\"pad_token_id\": null");
    expect("names a padding token", "Add \"pad_token_id\"");
  }

  @Test
  void missingVocabularySizeIsNoticed() throws IOException {
    directory.configured("\"vocab_size\"", "\"other\"");
    expect("\"vocab_size\" in ", "is missing");
  }

  @Test
  void missingLimitIsNoticed() throws IOException {
    directory.configured("\"max_position_embeddings\": 512,", "");
    expect("says how long a text may be", "Add \"model_max_length\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max_position_embeddings | 0       | is 0, which is less than 1",
        "max_position_embeddings | \"512\" | not a whole number",
        "max_position_embeddings | 1.5     | not a whole number",
      })
  void limitThatIsNoneIsNoticed(String key, String value, String problem) throws IOException {
    directory.configured("\"" + key + "\": 512", "\"" + key + "\": " + value);
    expect("\"" + key + "\" in " + directory.path.resolve("config.json"), problem);
  }

  @Test
  void labelsWithAGapAreNoticed() throws IOException {
    directory.configuredWith("\"id2label\": {\"0\": \"a\", \"2\": \"c\"}");
    expect("has 2 entries but no label for id 1", "\"0\" to \"n-1\"");
  }

  @Test
  void unknownProblemTypeIsNoticed() throws IOException {
    directory.configuredWith("\"problem_type\": \"ranking\"");
    expect("is \"ranking\"", "multi_label_classification");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"pooling_mode_sum_tokens\": true}                                     | \"sum_tokens\"",
        "{\"pooling_mode\": \"attention\"}                                       | \"attention\"",
        "{\"pooling_mode_cls_token\": true, \"pooling_mode_mean_tokens\": true}  | Exactly one",
        "{\"pooling_mode_cls_token\": false}                                     | Exactly one",
      })
  void poolingThatIsNotSupportedIsNamed(String pooling, String problem) throws IOException {
    directory.with("1_Pooling/config.json", pooling);
    expect(problem, "1_Pooling");
  }

  @Test
  void listedPoolingWithoutItsFileIsNoticed() throws IOException {
    directory.with("modules.json", "[{\"path\": \"1_Pooling\", \"type\": \"x.Pooling\"}]");
    expect("There is no file", "copy its directory too");
  }

  @Test
  void moduleThatIsNotInTheGraphIsRefused() throws IOException {
    directory.with("modules.json", "[{\"path\": \"2_Router\", \"type\": \"x.models.Router\"}]");
    expect("module of type \"x.models.Router\"");
  }

  @Test
  void fileThatIsNoGraphIsRefused() {
    Path config = directory.path.resolve("config.json");
    assertThatThrownBy(() -> ModelDirectoryReader.read(config))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("is a file but no .onnx file");
    assertThatThrownBy(() -> ModelDirectoryReader.read(parent.resolve("nothing")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("neither a directory nor a file");
  }

  @Test
  void graphThatIsNoneIsRefused() throws IOException {
    Files.writeString(directory.path.resolve("model.onnx"), "not a model");
    expect("model.onnx is no whole ONNX model");
  }

  @Test
  void tokenizerOfAnUnknownKindIsNamed() throws IOException {
    String tokenizer = Files.readString(directory.path.resolve("tokenizer.json"));
    directory.with("tokenizer.json", tokenizer.replace("WordPiece", "Characters"));
    expect("tokenizer.json is of the kind \"Characters\"", "Unigram");
  }

  @ParameterizedTest
  @CsvSource({
    "pixel_values, images",
    "input_features, sound",
    "input_values, sound",
    "bbox, layout of pages",
    "decoder_input_ids, only encodes",
    "past_key_values.0.key, without past"
  })
  void graphThatIsNotOfATextModelIsNamed(String input, String what) throws IOException {
    OnnxBytes graph = new OnnxBytes().message(11, new OnnxBytes().text(1, input));
    directory.with("model.onnx", OnnxBytes.model(graph));
    expect("model.onnx takes '" + input + "'", what);
  }

  @ParameterizedTest
  @CsvSource({"MatMulNBits", "MatMulBnb4", "GatherBlockQuantized"})
  void weightsOfFourBitsAreRefused(String operator) throws IOException {
    directory.with("model.onnx", OnnxBytes.modelOf(operator));
    expect("has weights of 4 bits", "fp32, fp16 or int8");
  }

  @Test
  void embeddingTableThatIsTooSmallIsNoticed() throws IOException {
    OnnxBytes lookup = OnnxBytes.lookup("words", "input_ids");
    OnnxBytes table = OnnxBytes.tensor(1, 99, 4).text(8, "words");
    directory.with("model.onnx", OnnxBytes.model(lookup.message(5, table)));
    expect("\"vocab_size\" in config.json is 100", "has 99 rows");
  }

  @Test
  void positionTableThatIsTooSmallIsNoticed() throws IOException {
    OnnxBytes table = OnnxBytes.tensor(1, 256, 4).text(8, "x.position_embeddings.weight");
    directory.with("model.onnx", OnnxBytes.model(new OnnxBytes().message(5, table)));
    expect("up to position 511", "has 256 rows", "Lower \"max_position_embeddings\"");
  }

  @ParameterizedTest
  @CsvSource({"padding_side", "truncation_side"})
  void sideThatIsNoneIsNoticed(String key) throws IOException {
    directory.with("tokenizer_config.json", "{\"" + key + "\": \"both\"}");
    expect("\"" + key + "\" in ", "is \"both\"", "left or right");
  }

  @Test
  void defaultPromptThatIsNotThereIsNoticed() throws IOException {
    directory.with(
        "config_sentence_transformers.json",
        "{\"prompts\": {\"query\": \"q: \"}, \"default_prompt_name\": \"other\"}");
    expect("is \"other\"", "[query]");
  }

  @Test
  void denseLayerIsCheckedPartByPart() throws IOException {
    directory
        .with("1_Pooling/config.json", "{\"pooling_mode_cls_token\": true}")
        .with(
            "modules.json",
            "[{\"path\": \"1_Pooling\", \"type\": \"x.Pooling\"},"
                + " {\"path\": \"2_Dense\", \"type\": \"x.Dense\"}]");
    expect("There is no file " + directory.path.resolve("2_Dense/config.json"), "copy its");
    directory.with("2_Dense/config.json", "{\"in_features\": 2, \"out_features\": 1}");
    expect("model.safetensors", "safe_serialization=True");
    directory.with("2_Dense/pytorch_model.bin", "code");
    expect("pytorch_model.bin is there, but it is a pickle");
    directory.with("2_Dense/model.safetensors", "short");
    expect("model.safetensors is no whole safetensors file");
    directory.with("2_Dense/model.safetensors", Safetensors.of("other", 1, 2));
    expect("There is no tensor 'linear.weight'");
    directory.with("2_Dense/model.safetensors", Safetensors.of("linear.weight", 1, 3));
    expect("has the shape [1, 3], but config.json beside it says [1, 2]");
    directory.with(
        "2_Dense/config.json",
        "{\"in_features\": 2, \"out_features\": 1, \"activation_function\": \"torch.ReLU\"}");
    expect("is \"torch.ReLU\"", "Identity and Tanh");
  }

  @Test
  void modulesInAnotherOrderAreRefused() throws IOException {
    directory.with(
        "modules.json",
        "[{\"path\": \"1\", \"type\": \"x.Normalize\"},"
            + " {\"path\": \"2_Dense\", \"type\": \"x.Dense\"}]");
    expect("in an order that is not supported");
  }

  private void expect(String... parts) {
    assertThatThrownBy(directory::read)
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll(parts);
  }
}
