package io.flinkinference.tools.vocabulary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;

/**
 * Tokens of Unigram. It takes the tokens whose scores add up to most, so with fewer tokens it takes
 * the same ones where all of them are there. The place in the list is the id.
 */
final class UnigramPieces implements Vocabulary.Pieces {

  private static final List<String> PREFIXES = List.of("▁");

  private final JsonNode vocabulary;
  private final int unknown;
  private final Predicate<String> bytes;

  UnigramPieces(JsonNode model) {
    this.vocabulary = model.path("vocab");
    this.unknown = model.path("unk_id").asInt(-1);
    this.bytes = Vocabulary.bytes(model);
  }

  @Override
  public int size() {
    return vocabulary.size();
  }

  @Override
  public BitSet needed(BitSet used) {
    BitSet needed = new BitSet();
    for (int id = 0; id < vocabulary.size(); id++) {
      String token = vocabulary.get(id).get(0).asText();
      if (id == unknown || Vocabulary.isCharacter(token, PREFIXES) || bytes.test(token)) {
        needed.set(id);
      }
    }
    return needed;
  }

  @Override
  public void reduce(ObjectNode model, Keeping keeping) {
    ArrayNode old = (ArrayNode) model.get("vocab");
    ArrayNode left = model.putArray("vocab");
    for (int id = 0; id < old.size(); id++) {
      if (keeping.has(id)) {
        left.add(old.get(id));
      }
    }
    if (unknown >= 0) {
      model.put("unk_id", keeping.newId(unknown));
    }
  }
}
