package io.flinkinference.tokenize;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.JsonPointerBasedFilter;
import com.fasterxml.jackson.core.filter.TokenFilter.Inclusion;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flinkinference.model.ModelException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Reads a {@code tokenizer.json} whole. */
public final class TokenizerJson {

  /** The keys are the vocabulary, and occur once: they must not fill the JVM's table of strings. */
  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
              .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
              .build());

  private static final JsonPointer KIND = JsonPointer.compile("/model/type");

  private TokenizerJson() {}

  /**
   * Reads a file.
   *
   * @throws ModelException if it cannot be read
   */
  public static JsonNode read(Path file) {
    try {
      return MAPPER.readTree(file.toFile());
    } catch (IOException e) {
      throw new ModelException("Cannot read " + file + ": " + e + ".", e);
    }
  }

  /**
   * The kind of its model, such as WordPiece; empty where it does not say, as old files do not.
   * Reads no more than it must: the vocabulary of a multilingual model has a quarter of a million
   * entries.
   *
   * @throws ModelException if it cannot be read
   */
  public static String kind(Path file) {
    try (JsonParser json =
        new FilteringParserDelegate(
            MAPPER.getFactory().createParser(file.toFile()),
            new JsonPointerBasedFilter(KIND),
            Inclusion.ONLY_INCLUDE_ALL,
            false)) {
      return json.nextToken() == JsonToken.VALUE_STRING ? json.getText() : "";
    } catch (IOException e) {
      throw new ModelException("Cannot read " + file + ": " + e + ".", e);
    }
  }

  /** Ids by token. */
  public static Map<String, Integer> vocabulary(JsonNode model) {
    JsonNode vocabulary = model.path("vocab");
    Map<String, Integer> ids = new HashMap<>(2 * vocabulary.size());
    for (Map.Entry<String, JsonNode> token : vocabulary.properties()) {
      ids.put(token.getKey(), token.getValue().asInt());
    }
    return ids;
  }
}
