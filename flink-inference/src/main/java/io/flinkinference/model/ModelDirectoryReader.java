package io.flinkinference.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Reads a directory in the layout of the Hugging Face hub, as transformers, optimum and
 * sentence-transformers write it, and checks that its parts agree.
 *
 * <p>Needed are the graph, {@code config.json} and {@code tokenizer.json}; the others are read
 * where they are there. Every file is read anew; only SHA-256 are remembered.
 */
final class ModelDirectoryReader {

  private static final String CONFIG = "config.json";
  private static final String TOKENIZER = "tokenizer.json";
  private static final String LOWERCASE = "do_lower_case";
  private static final String TOKENIZER_CONFIG = "tokenizer_config.json";

  /** No text is that long: transformers writes 1e30 where a tokenizer has no limit. */
  private static final double NO_LIMIT = 1e9;

  private final Path directory;
  private final TransformerConfig transformer;
  private final TokenizerFile tokenizer;
  private final JsonFile tokenizerConfig;
  private final JsonFile sentenceFile;

  private ModelDirectoryReader(Path directory) {
    this.directory = directory;
    this.transformer =
        new TransformerConfig(
            JsonFile.require(
                directory.resolve(CONFIG),
                "Copy the one of the model from which the graph was exported."));
    this.tokenizer = TokenizerFile.read(directory.resolve(TOKENIZER));
    this.tokenizerConfig = JsonFile.orEmpty(directory.resolve(TOKENIZER_CONFIG));
    this.sentenceFile = SentenceFile.read(directory);
  }

  /** Reads a model and names it after its directory. */
  static Model read(Path path) {
    return read(path, GraphChoice.AUTO);
  }

  /** Reads a model with one of its graphs, and names it after its directory. */
  static Model read(Path path, GraphChoice choice) {
    ModelFiles files = ModelFiles.find(path, choice);
    Path name = files.directory().getFileName();
    Model model = read(files, name == null ? files.directory().toString() : name.toString());
    choice.require(
        files.onnxFile(), model.graph(), "Name another graph, or leave the precision out.");
    return model;
  }

  /** Reads a model under a name of its own. */
  static Model read(Path path, String name) {
    return read(ModelFiles.find(path, GraphChoice.AUTO), name);
  }

  private static Model read(ModelFiles files, String name) {
    ModelDirectoryReader reader = new ModelDirectoryReader(files.directory());
    OnnxGraph graph = OnnxGraphReader.read(files.onnxFile());
    ModelChecks.requireTextModel(files.onnxFile(), graph.details());
    ModelConfig config = reader.config();
    reader.requireTables(files.onnxFile(), graph.details(), config);
    Path tokenizerFile = files.directory().resolve(TOKENIZER);
    List<Path> weights = weightFiles(files.onnxFile(), graph);
    config.dense().forEach(module -> weights.add(module.weights()));
    return new Model(
        name,
        files.onnxFile(),
        tokenizerFile,
        FileHashes.SHARED.of(weights),
        FileHashes.SHARED.of(List.of(tokenizerFile)),
        graph.facts(),
        config);
  }

  private void requireTables(Path onnxFile, GraphDetails graph, ModelConfig config) {
    OptionalInt positions = transformer.maxTokens(config.padTokenId());
    // A graph that takes the positions is given those; one that makes them does it the same way.
    long last =
        positions.isEmpty() ? -1 : (long) config.layout().firstPosition() + config.maxTokens() - 1;
    ModelChecks.requireTables(onnxFile, graph, config.vocabularySize(), last);
  }

  private static List<Path> weightFiles(Path onnxFile, OnnxGraph graph) {
    List<Path> files = new ArrayList<>(List.of(onnxFile));
    Path directory = onnxFile.getParent();
    for (String name : graph.externalData().keySet()) {
      Path file = directory.resolve(name).normalize();
      if (!file.startsWith(directory)) {
        throw new ModelException(
            onnxFile
                + " keeps weights in "
                + name
                + ", outside of its directory. Export it again.");
      }
      if (!Files.isRegularFile(file)) {
        throw new ModelException(
            onnxFile + " keeps weights in " + file + ", which is not there. Copy that file too.");
      }
      ModelChecks.requireBytes(onnxFile, file, graph.externalData().get(name));
      files.add(file);
    }
    return files;
  }

  /** sentence-transformers makes a text small before the tokenizer sees it. */
  private void requireLowercase() {
    if (sentenceFile.get(LOWERCASE).asBoolean() && !tokenizer.lowercases()) {
      throw sentenceFile.error(
          LOWERCASE,
          "is true, but " + TOKENIZER + " keeps capital letters",
          "Add a normalizer of the type Lowercase to "
              + TOKENIZER
              + ", or set the key to false if the model is to see them.");
    }
  }

  private ModelConfig config() {
    requireLowercase();
    // Where sentence-transformers makes texts small itself, what the tokenizer does is no matter.
    if (tokenizer.bert() != null && !sentenceFile.get(LOWERCASE).asBoolean()) {
      tokenizer.bert().requireSame(tokenizerConfig);
    }
    if (tokenizer.byteLevel() != null) {
      tokenizer.byteLevel().requireSame(tokenizerConfig);
    }
    int vocabularySize = transformer.vocabularySize();
    int padTokenId = padTokenId();
    if (padTokenId < 0 || padTokenId >= vocabularySize) {
      throw new ModelException(
          "The padding token of "
              + directory
              + " is "
              + padTokenId
              + ", but \"vocab_size\" in config.json is "
              + vocabularySize
              + ". Correct \"pad_token_id\" there.");
    }
    // Added tokens are left out: an embedding table without a row for some that is never used is
    // common, and a text that does use it is refused when it comes.
    if (tokenizer.vocabularySize() > vocabularySize) {
      throw new ModelException(
          "The tokenizer of "
              + directory
              + " has "
              + tokenizer.vocabularySize()
              + " tokens, but \"vocab_size\" in config.json is "
              + vocabularySize
              + ". They belong to different models: copy both from the same one.");
    }
    SentenceTransformerConfig sentence = SentenceTransformerConfig.read(directory);
    return new ModelConfig(
        maxTokens(padTokenId),
        vocabularySize,
        padTokenId,
        transformer.labels(),
        transformer.problemType(),
        sentence.pooling(),
        sentence.normalized(),
        transformer.modelType(),
        new TokenLayout(
            isLeft("padding_side", tokenizer.padsLeft()),
            isLeft("truncation_side", tokenizer.truncatesLeft()),
            transformer.firstPosition(padTokenId)),
        sentence.dense(),
        sentence.prompts(),
        sentence.scoreActivation().isEmpty()
            ? transformer.scoreActivation()
            : sentence.scoreActivation());
  }

  /** As in transformers, tokenizer_config.json has its way, tokenizer.json where it is silent. */
  private boolean isLeft(String key, boolean otherwise) {
    String side = tokenizerConfig.text(key, otherwise ? "left" : "right");
    if (!side.equals("left") && !side.equals("right")) {
      throw tokenizerConfig.error(key, "is \"" + side + "\"", "It is left or right.");
    }
    return side.equals("left");
  }

  private int padTokenId() {
    OptionalInt configured = transformer.padTokenId();
    if (configured.isPresent()) {
      return configured.getAsInt();
    }
    if (tokenizer.padId() != null) {
      return tokenizer.padId();
    }
    Map<String, Integer> added = tokenizer.addedTokens();
    // A text, or an object that describes the token.
    JsonNode padToken = tokenizerConfig.get("pad_token");
    Integer id = added.get(padToken.path("content").asText(padToken.asText()));
    if (id != null) {
      return id;
    }
    throw new ModelException(
        "No file of " + directory + " names a padding token. Add \"pad_token_id\" to config.json.");
  }

  private int maxTokens(int padTokenId) {
    return IntStream.of(
            transformer.maxTokens(padTokenId).orElse(Integer.MAX_VALUE),
            limit(tokenizerConfig, "model_max_length"),
            limit(sentenceFile, "max_seq_length"))
        .min()
        .stream()
        .filter(limit -> limit < Integer.MAX_VALUE)
        .findFirst()
        .orElseThrow(
            () ->
                new ModelException(
                    "No file of "
                        + directory
                        + " says how long a text may be. Add \"model_max_length\" to "
                        + TOKENIZER_CONFIG
                        + "."));
  }

  private static int limit(JsonFile json, String key) {
    if (!json.has(key) || json.get(key).doubleValue() >= NO_LIMIT) {
      return Integer.MAX_VALUE;
    }
    long limit = json.integer(key);
    if (limit < 1) {
      throw json.error(key, "is " + limit + ", which is less than 1");
    }
    return (int) limit;
  }
}
