package io.flinkinference.tokenize.bpe;

import com.fasterxml.jackson.databind.JsonNode;
import io.flinkinference.tokenize.AddedTokens;
import io.flinkinference.tokenize.Template;
import io.flinkinference.tokenize.TokenizerJson;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A {@code tokenizer.json} of byte-level BPE, in the form that the tokenizers library writes.
 *
 * @param byteIds ids of the bytes
 * @param merges what becomes of neighbours
 * @param addedTokens tokens that stand for themselves wherever they are in a text as it was given
 * @param laterTokens the same, in the text as it is normalised
 * @param template the special tokens around a text
 * @param composes whether characters are composed (NFC)
 * @param blankFirst whether a blank is put before a text that does not begin with one
 */
@SuppressWarnings("ArrayRecordComponent") // Read once, never compared.
record BpeFile(
    int[] byteIds,
    Merges merges,
    AddedTokens addedTokens,
    AddedTokens laterTokens,
    Template template,
    boolean composes,
    boolean blankFirst) {

  /**
   * Reads a file.
   *
   * @return empty if it is of another kind, or asks for anything that this package does not do
   */
  static Optional<BpeFile> read(Path file) {
    JsonNode root = TokenizerJson.read(file);
    JsonNode model = root.path("model");
    JsonNode normalizer = root.path("normalizer");
    JsonNode words = root.path("pre_tokenizer");
    boolean composes = normalizer.path("type").asText().equals("NFC");
    boolean known =
        isPlainBpe(model)
            && (composes || normalizer.isMissingNode() || normalizer.isNull())
            && words.path("type").asText().equals("ByteLevel")
            && words.path("use_regex").asBoolean(true);
    return known
        ? read(root, composes, words.path("add_prefix_space").asBoolean(true))
        : Optional.empty();
  }

  private static Optional<BpeFile> read(JsonNode root, boolean composes, boolean blankFirst) {
    JsonNode model = root.path("model");
    Map<String, Integer> vocabulary = TokenizerJson.vocabulary(model);
    Optional<int[]> byteIds = byteIds(vocabulary);
    Optional<Merges> merges = Merges.read(model.path("merges"), vocabulary);
    Optional<Template> template = Template.read(root.path("post_processor"));
    Optional<List<AddedTokens.Token>> added =
        AddedTokens.read(root.path("added_tokens"), vocabulary);
    if (byteIds.isEmpty() || merges.isEmpty() || template.isEmpty() || added.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new BpeFile(
            byteIds.get(),
            merges.get(),
            tokens(added.get(), false),
            tokens(added.get(), true),
            template.get(),
            composes,
            blankFirst));
  }

  private static boolean isPlainBpe(JsonNode model) {
    return model.path("type").asText().equals("BPE")
        && model.path("vocab").isObject()
        && model.path("merges").isArray()
        && model.path("dropout").asDouble(0) == 0
        && model.path("continuing_subword_prefix").asText("").isEmpty()
        && model.path("end_of_word_suffix").asText("").isEmpty()
        && !model.path("byte_fallback").asBoolean()
        && !model.path("ignore_merges").asBoolean();
  }

  /** All that a text can have, or there would be unknown ones. */
  private static Optional<int[]> byteIds(Map<String, Integer> vocabulary) {
    char[] characters = ByteAlphabet.characters();
    int[] ids = new int[characters.length];
    for (int b = 0; b < ids.length; b++) {
      Integer id = vocabulary.get(String.valueOf(characters[b]));
      if (id == null && ByteAlphabet.isInText(b)) {
        return Optional.empty();
      }
      ids[b] = id == null ? -1 : id;
    }
    return Optional.of(ids);
  }

  private static AddedTokens tokens(List<AddedTokens.Token> all, boolean normalized) {
    return new AddedTokens(all.stream().filter(token -> token.normalized() == normalized).toList());
  }
}
