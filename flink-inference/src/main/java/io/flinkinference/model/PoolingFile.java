package io.flinkinference.model;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Reads the settings of sentence-transformers' pooling.
 *
 * @param pooling null where the file is not there
 * @param poolsPrompt whether the tokens of a prompt count
 */
record PoolingFile(Pooling pooling, boolean poolsPrompt) {

  private static final String MODE = "pooling_mode";
  private static final String INCLUDE_PROMPT = "include_prompt";

  static PoolingFile read(JsonFile json) {
    return new PoolingFile(
        pooling(json), !json.has(INCLUDE_PROMPT) || json.get(INCLUDE_PROMPT).asBoolean(true));
  }

  private static Pooling pooling(JsonFile json) {
    List<String> modes = new ArrayList<>();
    for (Iterator<String> keys = json.root().fieldNames(); keys.hasNext(); ) {
      String key = keys.next();
      // Newer versions write one key with the mode, older ones a flag for each mode.
      if (key.equals(MODE)) {
        modes.add(json.text(key, ""));
      } else if (key.startsWith(MODE + "_") && json.get(key).asBoolean()) {
        modes.add(key.substring(MODE.length() + 1));
      }
    }
    if (modes.isEmpty() && json.root().isEmpty()) {
      return null;
    }
    if (modes.size() != 1) {
      throw json.error(
          MODE,
          "has the values " + modes,
          "Exactly one is supported; vectors of several that are joined are not.");
    }
    return switch (modes.get(0)) {
      case "cls", "cls_token" -> Pooling.CLS;
      case "mean", "mean_tokens" -> Pooling.MEAN;
      case "max", "max_tokens" -> Pooling.MAX;
      case "mean_sqrt_len", "mean_sqrt_len_tokens" -> Pooling.MEAN_SQRT_LEN;
      case "weightedmean", "weightedmean_tokens" -> Pooling.WEIGHTED_MEAN;
      case "lasttoken" -> Pooling.LAST_TOKEN;
      default ->
          throw json.error(
              MODE,
              "is \"" + modes.get(0) + "\"",
              "The modes are cls, mean, max, mean_sqrt_len, weightedmean and lasttoken.");
    };
  }
}
