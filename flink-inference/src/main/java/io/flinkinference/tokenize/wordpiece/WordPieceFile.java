package io.flinkinference.tokenize.wordpiece;

import com.fasterxml.jackson.databind.JsonNode;
import io.flinkinference.tokenize.AddedTokens;
import io.flinkinference.tokenize.Template;
import io.flinkinference.tokenize.TokenizerJson;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A {@code tokenizer.json} of BERT's kind, in the form that the tokenizers library writes.
 *
 * @param pieces the vocabulary, which is kept in no other form
 * @param unknownId id of a word that has no pieces
 * @param maxWordCharacters a longer word has no pieces
 * @param addedTokens tokens that stand for themselves wherever they are in a text
 * @param template the special tokens around a text
 * @param cleanText whether control characters are dropped
 * @param splitIdeographs whether ideographs are words of their own
 * @param stripAccents whether accents are dropped
 * @param lowercase whether letters are made small
 */
record WordPieceFile(
    PieceTrie pieces,
    int unknownId,
    int maxWordCharacters,
    AddedTokens addedTokens,
    Template template,
    boolean cleanText,
    boolean splitIdeographs,
    boolean stripAccents,
    boolean lowercase) {

  /**
   * Reads a file.
   *
   * @return empty if it is of another kind, or asks for anything that this package does not do
   */
  static Optional<WordPieceFile> read(Path file) {
    JsonNode root = TokenizerJson.read(file);
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
    Map<String, Integer> vocabulary = TokenizerJson.vocabulary(model);
    Optional<AddedTokens> added = addedTokens(root.path("added_tokens"), vocabulary);
    Optional<Template> template = Template.read(root.path("post_processor"));
    Integer unknown = vocabulary.get(model.path("unk_token").asText());
    if (added.isEmpty() || template.isEmpty() || unknown == null) {
      return Optional.empty();
    }
    boolean lowercase = normalizer.path("lowercase").asBoolean(true);
    return Optional.of(
        new WordPieceFile(
            new PieceTrie(vocabulary, model.path("continuing_subword_prefix").asText()),
            unknown,
            model.path("max_input_chars_per_word").asInt(100),
            added.get(),
            template.get(),
            normalizer.path("clean_text").asBoolean(true),
            normalizer.path("handle_chinese_chars").asBoolean(true),
            normalizer.path("strip_accents").asBoolean(lowercase),
            lowercase));
  }

  /** Only tokens that are looked for in the text as it was given. */
  private static Optional<AddedTokens> addedTokens(
      JsonNode tokens, Map<String, Integer> vocabulary) {
    return AddedTokens.read(tokens, vocabulary)
        .filter(all -> all.stream().noneMatch(AddedTokens.Token::normalized))
        .map(AddedTokens::new);
  }
}
