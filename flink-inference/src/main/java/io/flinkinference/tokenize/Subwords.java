package io.flinkinference.tokenize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flinkinference.model.ModelException;
import java.io.IOException;
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
 * @param unknown the token for unknown words, or null
 */
record Subwords(boolean marked, String unknown) {

  /** Reads the rule of a {@code tokenizer.json}. */
  static Subwords read(Path tokenizerJson) {
    JsonNode model;
    try {
      model = new ObjectMapper().readTree(tokenizerJson.toFile()).path("model");
    } catch (IOException e) {
      throw new ModelException("Cannot read " + tokenizerJson + ": " + e + ".", e);
    }
    boolean marked = !model.path("continuing_subword_prefix").asText("").isEmpty();
    return new Subwords(marked, model.path("unk_token").asText(null));
  }

  /**
   * Whether a token goes on with a word.
   *
   * @param token as the vocabulary has it
   * @param start of what it stands for in the text, in UTF-16 units
   * @param end behind it
   */
  boolean continues(String token, String text, int start, int end) {
    if (token.equals(unknown)) {
      return false;
    }
    if (marked) {
      return token.codePointCount(0, token.length()) != text.codePointCount(start, end);
    }
    return start > 0
        && text.charAt(start - 1) != ' '
        && (start == end || text.charAt(start) != ' ');
  }
}
