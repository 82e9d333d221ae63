package io.flinkinference.tools.vocabulary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** The ids outside of the vocabulary's list that stand in the files of a model. */
final class TokenizerIds {

  private static final List<String> IN_CONFIG =
      List.of(
          "pad_token_id",
          "bos_token_id",
          "eos_token_id",
          "cls_token_id",
          "sep_token_id",
          "mask_token_id",
          "unk_token_id");

  private TokenizerIds() {}

  /** Those of {@code tokenizer.json}: added tokens, padding, and the tokens around a text. */
  static void renumberTokenizer(ObjectNode tokenizer, Keeping keeping) {
    for (JsonNode added : tokenizer.path("added_tokens")) {
      renumber((ObjectNode) added, "id", keeping);
    }
    if (tokenizer.path("padding") instanceof ObjectNode padding) {
      renumber(padding, "pad_id", keeping);
      if (!padding.has("pad_id")) {
        tokenizer.putNull("padding"); // No reader takes one without its id.
      }
    }
    renumberFrame(tokenizer.path("post_processor"), keeping);
  }

  private static void renumberFrame(JsonNode frame, Keeping keeping) {
    for (JsonNode one : frame.path("processors")) {
      renumberFrame(one, keeping);
    }
    for (String key : List.of("sep", "cls")) {
      // ["[SEP]", 102]
      if (frame.path(key) instanceof ArrayNode pair && pair.size() == 2) {
        pair.set(1, IntNode.valueOf(keeping.newId(pair.get(1).asInt())));
      }
    }
    for (JsonNode token : frame.path("special_tokens")) {
      if (token.path("ids") instanceof ArrayNode ids) {
        for (int i = 0; i < ids.size(); i++) {
          ids.set(i, IntNode.valueOf(keeping.newId(ids.get(i).asInt())));
        }
      }
    }
  }

  /** Those of {@code config.json}, and the size of the vocabulary. */
  static void renumberConfig(ObjectNode config, Keeping keeping) {
    config.put("vocab_size", keeping.size());
    IN_CONFIG.forEach(key -> renumber(config, key, keeping));
  }

  /** Those of {@code tokenizer_config.json}. */
  static void renumberTokenizerConfig(ObjectNode config, Keeping keeping) {
    if (config.path("added_tokens_decoder") instanceof ObjectNode old) {
      ObjectNode renumbered = config.putObject("added_tokens_decoder");
      for (Map.Entry<String, JsonNode> token : old.properties()) {
        int id = Integer.parseInt(token.getKey());
        if (keeping.has(id)) { // Some name tokens that their tokenizer has not.
          renumbered.set(Integer.toString(keeping.newId(id)), token.getValue());
        }
      }
    }
  }

  private static void renumber(ObjectNode in, String key, Keeping keeping) {
    if (!in.path(key).isInt()) {
      return;
    }
    int id = in.get(key).asInt();
    if (keeping.has(id)) {
      in.put(key, keeping.newId(id));
    } else {
      in.remove(key); // Some configurations name tokens that their tokenizer has not.
    }
  }
}
