package io.flinkinference.model;

import java.util.Set;

/**
 * What the pre-tokenizer of byte-level BPE does to a text, by {@code tokenizer.json}.
 *
 * <p><b>Thread safety:</b> immutable.
 *
 * @param blankFirst whether a blank is put before a text that does not begin with one
 */
record ByteLevelPreTokenizer(boolean blankFirst) {

  /**
   * Classes of tokenizers for which tokenizer_config.json has its way, in every version of
   * transformers. The general PreTrainedTokenizerFast, which ModernBERT has, heeds it in some
   * versions and not in others, so that nobody can tell what its model learned from.
   */
  private static final Set<String> AS_CONFIGURED =
      Set.of(
          "RobertaTokenizer",
          "BartTokenizer",
          "LongformerTokenizer",
          "LEDTokenizer",
          "DebertaTokenizer",
          "GPT2Tokenizer");

  /**
   * Checks that {@code tokenizer_config.json} says the same, if it says something. Where the two
   * differ, the model learned from another first token than tokenizer.json makes.
   *
   * @throws ModelException if it says something else
   */
  void requireSame(JsonFile tokenizerConfig) {
    String type = tokenizerConfig.get("tokenizer_class").asText();
    if (AS_CONFIGURED.contains(type.replaceFirst("Fast$", ""))) {
      BertNormalizer.requireSame(tokenizerConfig, "add_prefix_space", "pre-tokenizer", blankFirst);
    }
  }
}
