package io.flinkinference.model;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A JSON file of a model directory, with errors that name it. A key whose value is null counts as
 * absent, as it does for the libraries that write these files.
 */
final class JsonFile {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final Path file;
  private final JsonNode root;

  private JsonFile(Path file, JsonNode root) {
    this.file = file;
    this.root = root;
  }

  /** Reads a file that must be there. */
  static JsonFile require(Path file, String cure) {
    if (!Files.isRegularFile(file)) {
      throw new ModelException("There is no file " + file + ". " + cure);
    }
    JsonFile read = read(file);
    if (!read.root.isObject()) {
      throw new ModelException(file + " holds no JSON object. Copy or export it again.");
    }
    return read;
  }

  /** Reads a file, or gives an empty object where there is none. */
  static JsonFile orEmpty(Path file) {
    return Files.isRegularFile(file) ? read(file) : new JsonFile(file, MAPPER.createObjectNode());
  }

  private static JsonFile read(Path file) {
    try {
      return new JsonFile(file, MAPPER.readTree(Files.readAllBytes(file)));
    } catch (JsonProcessingException e) {
      throw broken(file, e);
    } catch (IOException e) {
      throw new ModelException("Cannot read " + file + ": " + e + ".", e);
    }
  }

  /** The error for a file that is not JSON. */
  static ModelException broken(Path file, JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    String where = at == null ? "" : ", line " + at.getLineNr() + " column " + at.getColumnNr();
    return new ModelException(
        file + where + ": not valid JSON: " + e.getOriginalMessage() + ". Copy or export it again.",
        e);
  }

  /** The whole content. */
  JsonNode root() {
    return root;
  }

  /** The value of a key; {@code isMissingNode()} where there is none. */
  JsonNode get(String key) {
    JsonNode value = root.path(key);
    return value.isNull() ? MissingNode.getInstance() : value;
  }

  boolean has(String key) {
    return !get(key).isMissingNode();
  }

  /** A whole number; it may be written as 512.0. */
  long integer(String key) {
    JsonNode value = get(key);
    if (!value.isNumber() || !value.canConvertToLong() || value.doubleValue() % 1 != 0) {
      throw error(key, "is " + value + ", not a whole number");
    }
    return value.longValue();
  }

  /** A text, or the given one where the key is absent. */
  String text(String key, String absent) {
    JsonNode value = get(key);
    if (value.isMissingNode()) {
      return absent;
    }
    if (!value.isTextual()) {
      throw error(key, "is " + value + ", not a text");
    }
    return value.textValue();
  }

  /** An error about a key; the problem continues the sentence "key in file …". */
  ModelException error(String key, String problem) {
    return new ModelException("\"" + key + "\" in " + file + " " + problem + ".");
  }

  /** An error about a key, with what to do. */
  ModelException error(String key, String problem, String cure) {
    return new ModelException("\"" + key + "\" in " + file + " " + problem + ". " + cure);
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
