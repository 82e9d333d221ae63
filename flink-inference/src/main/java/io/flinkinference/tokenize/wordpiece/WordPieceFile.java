package io.flinkinference.tokenize.wordpiece;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A {@code tokenizer.json} of BERT's kind, in the form that the tokenizers library writes.
 *
 * @param vocabulary ids by piece
 * @param prefix what pieces that continue a word begin with
 * @param unknownId id of a word that has no pieces
 * @param maxWordCharacters a longer word has no pieces
 * @param addedTokens ids of tokens that stand for themselves wherever they are in a text
 * @param startId id of the token before a text
 * @param endId id of the token after each text
 * @param cleanText whether control characters are dropped
 * @param splitIdeographs whether ideographs are words of their own
 * @param stripAccents whether accents are dropped
 * @param lowercase whether letters are made small
 */
record WordPieceFile(
    Map<String, Integer> vocabulary,
    String prefix,
    int unknownId,
    int maxWordCharacters,
    Map<String, Integer> addedTokens,
    int startId,
    int endId,
    boolean cleanText,
    boolean splitIdeographs,
    boolean stripAccents,
    boolean lowercase) {

  /** The keys are the vocabulary, and occur once: they must not fill the JVM's table of strings. */
  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
              .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
              .build());

  /**
   * Reads a file.
   *
   * @return empty if it is of another kind, or asks for anything that this package does not do
   */
  static Optional<WordPieceFile> read(Path file) throws IOException {
    return read(MAPPER.readTree(file.toFile()));
  }

  private static Optional<WordPieceFile> read(JsonNode root) {
    JsonNode model = root.path("model");
    JsonNode normalizer = root.path("normalizer");
    boolean bert =
        model.path("type").asText("WordPiece").equals("WordPiece")
            && model.path("vocab").isObject()
            && model.hasNonNull("unk_token")
            && model.hasNonNull("continuing_subword_prefix")
            && normalizer.path("type").asText().equals("BertNormalizer")
            && root.path("pre_tokenizer").path("type").asText().equals("BertPreTokenizer");
    if (!bert) {
      return Optional.empty();
    }
    Map<String, Integer> vocabulary = new HashMap<>();
    for (Map.Entry<String, JsonNode> piece : model.path("vocab").properties()) {
      vocabulary.put(piece.getKey(), piece.getValue().asInt());
    }
    Optional<Map<String, Integer>> added = addedTokens(root.path("added_tokens"));
    Optional<List<Integer>> frame = frame(root.path("post_processor"));
    Integer unknown = vocabulary.get(model.path("unk_token").asText());
    if (added.isEmpty() || frame.isEmpty() || unknown == null) {
      return Optional.empty();
    }
    boolean lowercase = normalizer.path("lowercase").asBoolean(true);
    return Optional.of(
        new WordPieceFile(
            vocabulary,
            model.path("continuing_subword_prefix").asText(),
            unknown,
            model.path("max_input_chars_per_word").asInt(100),
            added.get(),
            frame.get().get(0),
            frame.get().get(1),
            normalizer.path("clean_text").asBoolean(true),
            normalizer.path("handle_chinese_chars").asBoolean(true),
            normalizer.path("strip_accents").asBoolean(lowercase),
            lowercase));
  }

  /** Only tokens that are matched as they stand. */
  private static Optional<Map<String, Integer>> addedTokens(JsonNode tokens) {
    Map<String, Integer> added = new LinkedHashMap<>();
    for (JsonNode token : tokens) {
      boolean plain =
          !token.path("normalized").asBoolean(true)
              && !token.path("single_word").asBoolean()
              && !token.path("lstrip").asBoolean()
              && !token.path("rstrip").asBoolean()
              && !token.path("content").asText().isEmpty();
      if (!plain) {
        return Optional.empty();
      }
      added.put(token.path("content").asText(), token.path("id").asInt());
    }
    return Optional.of(added);
  }

  /** The ids of [CLS] and [SEP], if the post-processor is the usual one. */
  private static Optional<List<Integer>> frame(JsonNode processor) {
    if (processor.path("type").asText().equals("BertProcessing")) {
      return Optional.of(
          List.of(processor.path("cls").path(1).asInt(), processor.path("sep").path(1).asInt()));
    }
    String single = shape(processor.path("single"));
    String pair = shape(processor.path("pair"));
    if (!processor.path("type").asText().equals("TemplateProcessing")
        || !single.equals("s0A0e0")
        || !pair.equals("s0A0e0B1e1")) {
      return Optional.empty();
    }
    JsonNode start = specialId(processor, processor.path("single").path(0));
    JsonNode end = specialId(processor, processor.path("single").path(2));
    boolean oneIdEach = start.size() == 1 && end.size() == 1;
    return oneIdEach
        ? Optional.of(List.of(start.path(0).asInt(), end.path(0).asInt()))
        : Optional.empty();
  }

  private static JsonNode specialId(JsonNode processor, JsonNode part) {
    String name = part.path("SpecialToken").path("id").asText();
    return processor.path("special_tokens").path(name).path("ids");
  }

  /** A template in short: s and e for its special tokens, A and B for the texts, their type ids. */
  private static String shape(JsonNode template) {
    String start = template.path(0).path("SpecialToken").path("id").asText();
    StringBuilder shape = new StringBuilder();
    for (JsonNode part : template) {
      if (part.has("Sequence")) {
        JsonNode sequence = part.path("Sequence");
        shape.append(sequence.path("id").asText()).append(sequence.path("type_id").asInt());
      } else {
        JsonNode special = part.path("SpecialToken");
        shape.append(special.path("id").asText().equals(start) ? 's' : 'e');
        shape.append(special.path("type_id").asInt());
      }
    }
    return shape.toString();
  }
}
