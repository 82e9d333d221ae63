package io.flinkinference.tools.vocabulary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * Tokens of WordPiece. It takes the longest token at each place, so with fewer tokens it takes the
 * same ones where all of them are there.
 */
final class WordPieces implements Vocabulary.Pieces {

  private final JsonNode vocabulary;
  private final List<String> prefixes;
  private final String unknown;

  WordPieces(JsonNode model) {
    this.vocabulary = model.path("vocab");
    this.prefixes = List.of(model.path("continuing_subword_prefix").asText("##"));
    this.unknown = model.path("unk_token").asText("[UNK]");
  }

  @Override
  public int size() {
    return Ids.size(vocabulary);
  }

  @Override
  public BitSet needed(BitSet used) {
    BitSet needed = new BitSet();
    for (Map.Entry<String, JsonNode> token : vocabulary.properties()) {
      if (token.getKey().equals(unknown) || Vocabulary.isCharacter(token.getKey(), prefixes)) {
        needed.set(token.getValue().asInt());
      }
    }
    return needed;
  }

  @Override
  public void reduce(ObjectNode model, Keeping keeping) {
    Ids.reduce((ObjectNode) model.get("vocab"), keeping);
  }
}
