package io.flinkinference.benchmarks.peers.model;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The tokenizer that all peers use: the native one, with the limit of the model. */
final class Tokenizers {

  private Tokenizers() {}

  /** A tokenizer that cuts at the model's limit and pads the texts of a call to the longest. */
  static HuggingFaceTokenizer open(ModelSettings model) throws IOException {
    String limit = Integer.toString(model.maxTokens());
    return HuggingFaceTokenizer.newInstance(
        model.tokenizer(),
        Map.of(
            "padding", "true", "truncation", "true", "maxLength", limit, "modelMaxLength", limit));
  }

  /**
   * A copy of the tokenizer's file that asks for the model's limit, for libraries that leave that
   * to the file. It is deleted when the JVM ends.
   */
  static Path fileWithLimit(ModelSettings model) throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode tokenizer = (ObjectNode) json.readTree(model.tokenizer().toFile());
    tokenizer.putNull("padding");
    tokenizer
        .putObject("truncation")
        .put("direction", "Right")
        .put("max_length", model.maxTokens())
        .put("strategy", "LongestFirst")
        .put("stride", 0);
    Path file = Files.createTempFile("tokenizer", ".json");
    file.toFile().deleteOnExit();
    json.writeValue(file.toFile(), tokenizer);
    return file;
  }
}
