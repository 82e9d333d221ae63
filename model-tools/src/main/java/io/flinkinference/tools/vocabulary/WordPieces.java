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
  private final String prefix;
  private final String unknown;

  WordPieces(JsonNode model) {
    this.vocabulary = model.path("vocab");
    this.prefix = model.path("continuing_subword_prefix").asText("##");
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
      if (token.getKey().equals(unknown)
          || Vocabulary.isCharacter(token.getKey(), List.of(prefix))
          || !isSpelled(token.getKey())) {
        needed.set(token.getValue().asInt());
      }
    }
    return needed;
  }

  /** Whether there are tokens of all its characters, so that none is unknown without it. */
  private boolean isSpelled(String token) {
    boolean middle = token.startsWith(prefix);
    int[] characters = (middle ? token.substring(prefix.length()) : token).codePoints().toArray();
    for (int i = 0; i < characters.length; i++) {
      String one = Character.toString(characters[i]);
      if (!vocabulary.has(i > 0 || middle ? prefix + one : one)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void reduce(ObjectNode model, Keeping keeping) {
    Ids.reduce((ObjectNode) model.get("vocab"), keeping);
  }
}
