package io.flinkinference.tools.vocabulary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flinkinference.tools.graph.GraphException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Tokens of byte pair encoding. A token comes about by merging smaller ones, of which all are kept;
 * so are the merges whose parts and result are kept.
 */
final class MergedPieces implements Vocabulary.Pieces {

  private final Map<String, Integer> ids = new HashMap<>();
  private final Map<Integer, String> tokens = new HashMap<>();
  private final Map<String, Integer> ranks = new HashMap<>();
  private final int size;
  private final String unknown;
  private final Predicate<String> bytes;

  MergedPieces(JsonNode model) {
    for (String key : List.of("end_of_word_suffix", "continuing_subword_prefix")) {
      if (!model.path(key).asText("").isEmpty()) {
        throw new GraphException(
            "The tokenizer's merges know a '%s' ('%s'), whose tokens cannot be told apart here. Leave --vocabulary out."
                .formatted(key, model.path(key).asText()));
      }
    }
    for (Map.Entry<String, JsonNode> token : model.path("vocab").properties()) {
      ids.put(token.getKey(), token.getValue().asInt());
      tokens.put(token.getValue().asInt(), token.getKey());
    }
    for (JsonNode merge : model.path("merges")) {
      ranks.putIfAbsent(key(left(merge), right(merge)), ranks.size());
    }
    this.size = Ids.size(model.path("vocab"));
    this.unknown = model.path("unk_token").textValue();
    this.bytes = Vocabulary.bytes(model);
  }

  // A merge is "a b" in old files and ["a", "b"] in new ones.
  private static String left(JsonNode merge) {
    return merge.isArray() ? merge.get(0).asText() : before(merge.asText());
  }

  private static String right(JsonNode merge) {
    return merge.isArray()
        ? merge.get(1).asText()
        : merge.asText().substring(before(merge.asText()).length() + 1);
  }

  private static String before(String merge) {
    return merge.substring(0, merge.indexOf(' ', 1));
  }

  private static String key(String left, String right) {
    return left + ' ' + right;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public BitSet needed(BitSet used) {
    BitSet needed = new BitSet();
    ids.forEach(
        (token, id) -> {
          if (token.equals(unknown)
              || Vocabulary.isCharacter(token, List.of())
              || bytes.test(token)) {
            needed.set(id);
          }
        });
    used.stream().mapToObj(tokens::get).forEach(token -> addParts(token, needed));
    return needed;
  }

  /** Merges the characters of a token as the tokenizer does, and adds all that comes about. */
  private void addParts(String token, BitSet needed) {
    if (token == null) {
      return; // An added token.
    }
    List<String> parts = new ArrayList<>(token.codePoints().mapToObj(Character::toString).toList());
    while (true) {
      parts.stream().map(ids::get).filter(id -> id != null).forEach(needed::set);
      int best = -1;
      for (int i = 0; i + 1 < parts.size(); i++) {
        int rank = rank(parts, i);
        if (rank < Integer.MAX_VALUE && (best < 0 || rank < rank(parts, best))) {
          best = i;
        }
      }
      if (best < 0) {
        return;
      }
      parts.set(best, parts.get(best) + parts.remove(best + 1));
    }
  }

  private int rank(List<String> parts, int index) {
    return ranks.getOrDefault(key(parts.get(index), parts.get(index + 1)), Integer.MAX_VALUE);
  }

  @Override
  public void reduce(ObjectNode model, Keeping keeping) {
    Ids.reduce((ObjectNode) model.get("vocab"), keeping);
    ArrayNode old = (ArrayNode) model.get("merges");
    ArrayNode left = model.putArray("merges");
    for (JsonNode merge : old) {
      if (isKept(left(merge), keeping)
          && isKept(right(merge), keeping)
          && isKept(left(merge) + right(merge), keeping)) {
        left.add(merge);
      }
    }
  }

  private boolean isKept(String token, Keeping keeping) {
    Integer id = ids.get(token);
    return id != null && keeping.has(id);
  }
}
