package io.flinkinference.tools.vocabulary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flinkinference.tools.graph.GraphException;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The tokens of a {@code tokenizer.json}: those of its model, and those added to it.
 *
 * <p>Source of the format: <a href="https://github.com/huggingface/tokenizers">the tokenizers
 * library</a>.
 *
 * <p><b>Thread safety:</b> immutable.
 */
final class Vocabulary {

  private static final Pattern BYTE = Pattern.compile("<0x[0-9A-F]{2}>");

  private final Pieces pieces;
  private final BitSet added = new BitSet();

  Vocabulary(ObjectNode tokenizer) {
    JsonNode model = tokenizer.path("model");
    String kind = model.path("type").asText();
    this.pieces =
        switch (kind) {
          case "WordPiece" -> new WordPieces(model);
          case "Unigram" -> new UnigramPieces(model);
          case "BPE" -> new MergedPieces(model);
          default ->
              throw new GraphException(
                  "A vocabulary of the kind '"
                      + kind
                      + "' cannot be made smaller here. The kinds are WordPiece, Unigram and BPE.");
        };
    for (JsonNode one : tokenizer.path("added_tokens")) {
      added.set(one.path("id").asInt());
    }
  }

  /** One more than the highest id. */
  int size() {
    return Math.max(pieces.size(), added.length());
  }

  /**
   * The ids to keep: those that were used, what the tokenizer needs to come to them, added tokens,
   * and all single characters, so that hardly a text has more unknown tokens than before.
   */
  Keeping keeping(BitSet used) {
    BitSet kept = new BitSet();
    kept.or(used);
    kept.or(added);
    kept.or(pieces.needed(used));
    if (kept.length() > size()) {
      throw new GraphException(
          "The id %d was used, but the vocabulary has %d.".formatted(kept.length() - 1, size()));
    }
    return new Keeping(kept);
  }

  /** Takes all other tokens out of the part {@code model} of a tokenizer's file. */
  void reduce(ObjectNode model, Keeping keeping) {
    pieces.reduce(model, keeping);
  }

  /** The tokens of a kind of model, by their ids. */
  interface Pieces {

    int size();

    /** Ids without which those used cannot be told, and those of single characters. */
    BitSet needed(BitSet used);

    /** Writes the tokens that are kept, under their new ids. */
    void reduce(ObjectNode model, Keeping keeping);
  }

  /**
   * Tells tokens of single bytes, of which a character is made that has no token of its own; none
   * where the model does not do so.
   */
  static Predicate<String> bytes(JsonNode model) {
    return model.path("byte_fallback").asBoolean() ? BYTE.asMatchPredicate() : token -> false;
  }

  /** Whether a token is a single character, as a text has it or as the middle of a word. */
  static boolean isCharacter(String token, List<String> prefixes) {
    String bare = token;
    for (String prefix : prefixes) {
      if (!prefix.isEmpty() && token.startsWith(prefix) && token.length() > prefix.length()) {
        bare = token.substring(prefix.length());
      }
    }
    return bare.codePointCount(0, bare.length()) == 1;
  }
}
