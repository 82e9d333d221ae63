package io.flinkinference.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What must be known of a {@code tokenizer.json} before it is loaded. It is read as a stream: the
 * file of a multilingual model has a quarter of a million entries.
 *
 * @param vocabularySize one more than the highest id of the vocabulary, added tokens left out
 * @param addedTokens ids of the tokens added to the vocabulary, by their text
 * @param padId id of the padding token in the file's own settings, null where they do not pad
 * @param kind how words become tokens: WordPiece, BPE, Unigram or WordLevel; empty where the file
 *     does not say, as old ones do not
 * @param padsLeft whether the file's own settings pad before the text
 * @param truncatesLeft whether they cut off the beginning of a long text
 * @param lowercases whether letters are made small
 * @param bert the normalizer, null where it is another than that of BERT's tokenizers
 * @param byteLevel the pre-tokenizer, null where it is another than that of byte-level BPE
 */
record TokenizerFile(
    int vocabularySize,
    Map<String, Integer> addedTokens,
    Integer padId,
    String kind,
    boolean padsLeft,
    boolean truncatesLeft,
    boolean lowercases,
    BertNormalizer bert,
    ByteLevelPreTokenizer byteLevel) {

  private static final Set<String> KINDS = Set.of("", "WordPiece", "BPE", "Unigram", "WordLevel");

  /** The keys are the vocabulary, and occur once: they must not fill the JVM's table of strings. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  /**
   * Reads a file.
   *
   * @throws ModelException if it is missing or not the tokenizer.json of the tokenizers library
   */
  static TokenizerFile read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new ModelException(
          "There is no file "
              + file
              + ". Save the model's fast tokenizer there: tokenizer.save_pretrained(DIRECTORY) in"
              + " transformers writes it.");
    }
    try (JsonParser json = JSON.createParser(file.toFile())) {
      Reading reading = new Reading(json);
      reading.object(reading::topLevel);
      if (!KINDS.contains(reading.kind)) {
        throw new ModelException(
            file
                + " is of the kind \""
                + reading.kind
                + "\", which is not known here. The kinds are WordPiece, BPE, Unigram and"
                + " WordLevel.");
      }
      if (reading.vocabularySize == 0) {
        throw new ModelException(
            file
                + " has no vocabulary (\"model\": {\"vocab\": …}). It must be the tokenizer.json of"
                + " a fast tokenizer, not vocab.json or tokenizer_config.json.");
      }
      return new TokenizerFile(
          reading.vocabularySize,
          Map.copyOf(reading.addedTokens),
          reading.padId,
          reading.kind,
          reading.padsLeft,
          reading.truncatesLeft,
          reading.lowercases,
          reading.bertNormalizer(),
          reading.preTokenizerType.equals("ByteLevel")
              ? new ByteLevelPreTokenizer(reading.blankFirst)
              : null);
    } catch (JsonProcessingException e) {
      throw JsonFile.broken(file, e);
    } catch (IOException e) {
      throw new ModelException("Cannot read " + file + ": " + e + ".", e);
    }
  }

  /** Takes the value of a key; the parser stands on its first token. */
  @FunctionalInterface
  private interface Values {
    void read(String key) throws IOException;
  }

  /** One pass over a file. */
  private static final class Reading {

    private final JsonParser json;
    private final Map<String, Integer> addedTokens = new HashMap<>();
    private int vocabularySize;
    private Integer padId;
    private String addedContent;
    private int addedId;
    private String kind = "";
    private boolean padsLeft;
    private boolean truncatesLeft;
    private boolean lowercases;
    private String normalizerType = "";
    private boolean sequence;
    private boolean bertLowercase = true;
    private Boolean stripAccents; // Null as in the file: as it is with small letters.
    private boolean splitIdeographs = true;
    private String preTokenizerType = "";
    private boolean blankFirst = true;

    Reading(JsonParser json) throws IOException {
      this.json = json;
      json.nextToken();
    }

    void object(Values values) throws IOException {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        json.skipChildren();
        return;
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String key = json.currentName();
        json.nextToken();
        values.read(key);
      }
    }

    void topLevel(String key) throws IOException {
      switch (key) {
        case "model" -> object(this::model);
        case "padding" -> object(this::padding);
        case "truncation" -> object(this::truncation);
        case "normalizer" -> object(this::normalizer);
        case "pre_tokenizer" -> object(this::preTokenizer);
        case "added_tokens" -> addedTokens();
        default -> json.skipChildren();
      }
    }

    private void model(String key) throws IOException {
      if (key.equals("type")) {
        kind = json.getText();
      } else if (!key.equals("vocab")) {
        json.skipChildren();
      } else if (json.currentToken() == JsonToken.START_ARRAY) {
        // Unigram models list piece and score; the id is the place in the list.
        while (json.nextToken() != JsonToken.END_ARRAY) {
          json.skipChildren();
          vocabularySize++;
        }
      } else {
        object(token -> vocabularySize = Math.max(vocabularySize, json.getIntValue() + 1));
      }
    }

    private void padding(String key) throws IOException {
      if (key.equals("pad_id")) {
        padId = json.getIntValue();
      } else if (key.equals("direction")) {
        padsLeft = json.getText().equals("Left");
      } else {
        json.skipChildren();
      }
    }

    private void truncation(String key) throws IOException {
      if (key.equals("direction")) {
        truncatesLeft = json.getText().equals("Left");
      } else {
        json.skipChildren();
      }
    }

    /** One, or a sequence of them. */
    private void normalizer(String key) throws IOException {
      if (key.equals("normalizers") && json.currentToken() == JsonToken.START_ARRAY) {
        while (json.nextToken() == JsonToken.START_OBJECT) {
          object(this::normalizer);
        }
        sequence = true;
      } else if (key.equals("type")) {
        normalizerType = json.getText();
        lowercases |= normalizerType.equals("Lowercase");
      } else if (key.equals("lowercase")) {
        bertLowercase = json.getBooleanValue();
        lowercases |= bertLowercase;
      } else if (key.equals("strip_accents") && json.currentToken() != JsonToken.VALUE_NULL) {
        stripAccents = json.getBooleanValue();
      } else if (key.equals("handle_chinese_chars")) {
        splitIdeographs = json.getBooleanValue();
      } else {
        json.skipChildren();
      }
    }

    private void preTokenizer(String key) throws IOException {
      switch (key) {
        case "type" -> preTokenizerType = json.getText();
        case "add_prefix_space" -> blankFirst = json.getBooleanValue();
        default -> json.skipChildren();
      }
    }

    private BertNormalizer bertNormalizer() {
      boolean bert = normalizerType.equals("BertNormalizer") && !sequence;
      boolean strips = stripAccents == null ? bertLowercase : stripAccents;
      return bert ? new BertNormalizer(bertLowercase, strips, splitIdeographs) : null;
    }

    private void addedTokens() throws IOException {
      while (json.nextToken() == JsonToken.START_OBJECT) {
        object(this::addedToken);
        addedTokens.put(addedContent, addedId);
      }
    }

    private void addedToken(String key) throws IOException {
      switch (key) {
        case "id" -> addedId = json.getIntValue();
        case "content" -> addedContent = json.getText();
        default -> json.skipChildren();
      }
    }
  }
}
