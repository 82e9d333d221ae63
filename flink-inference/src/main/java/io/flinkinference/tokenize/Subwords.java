package io.flinkinference.tokenize;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which tokens go on with a word, as the token-classification pipeline of transformers decides it
 * ({@code gather_pre_entities}): where the tokenizer marks such tokens by a prefix, by a token that
 * is not as long as what it stands for; else by there being no blank before it. The token for
 * unknown words begins a word.
 *
 * <p><b>Thread safety:</b> immutable.
 *
 * @param marked whether the tokenizer marks tokens by a prefix
 * @param unknownId id of the token for unknown words, or {@link #NONE}
 */
record Subwords(boolean marked, int unknownId) {

  static final int NONE = -1;

  /** Reads the rule of a {@code tokenizer.json}, and the unknown token of the file beside it. */
  static Subwords read(Path tokenizerJson) {
    JsonNode root = TokenizerJson.read(tokenizerJson);
    JsonNode model = root.path("model");
    boolean marked = !model.path("continuing_subword_prefix").asText("").isEmpty();
    return new Subwords(marked, unknownId(root, model, unknownToken(tokenizerJson, model)));
  }

  /** What tokenizer_config.json says has its way, as in transformers. */
  private static String unknownToken(Path tokenizerJson, JsonNode model) {
    Path config = tokenizerJson.resolveSibling("tokenizer_config.json");
    JsonNode token =
        Files.isRegularFile(config)
            ? TokenizerJson.read(config).path("unk_token")
            : model.path("unk_token");
    String content = token.isObject() ? token.path("content").asText(null) : token.textValue();
    return content == null ? model.path("unk_token").textValue() : content;
  }

  private static int unknownId(JsonNode root, JsonNode model, String token) {
    if (token == null) {
      return model.path("unk_id").asInt(NONE); // Unigram names it by its place only.
    }
    for (JsonNode added : root.path("added_tokens")) {
      if (added.path("content").asText().equals(token)) {
        return added.path("id").asInt();
      }
    }
    JsonNode vocabulary = model.path("vocab");
    return vocabulary.isObject()
        ? vocabulary.path(token).asInt(NONE)
        : model.path("unk_id").asInt(NONE);
  }

  /**
   * Whether a token goes on with a word.
   *
   * @param id of the token
   * @param token as the vocabulary has it
   * @param start of what it stands for in the text, in UTF-16 units
   * @param end behind it
   */
  boolean continues(int id, String token, String text, int start, int end) {
    if (id == unknownId) {
      return false;
    }
    if (marked) {
      return token.codePointCount(0, token.length()) != text.codePointCount(start, end);
    }
    boolean beginsWithBlank = start < text.length() && text.charAt(start) == ' ';
    return start > 0 && text.charAt(start - 1) != ' ' && !beginsWithBlank;
  }
}
