package io.flinkinference.model;

import java.util.Set;

/**
 * What the normalizer of BERT's tokenizers does to a text, by {@code tokenizer.json}.
 *
 * <p><b>Thread safety:</b> immutable.
 *
 * @param lowercase whether letters are made small
 * @param stripAccents whether accents are dropped
 * @param splitIdeographs whether ideographs are words of their own
 */
record BertNormalizer(boolean lowercase, boolean stripAccents, boolean splitIdeographs) {

  /** Classes of tokenizers that do as tokenizer.json says, whatever stands beside it. */
  private static final Set<String> AS_THE_FILE_SAYS =
      Set.of("PreTrainedTokenizerFast", "TokenizersBackend");

  /**
   * Checks that {@code tokenizer_config.json} says the same as far as it says something. In
   * transformers ({@code BertTokenizerFast}) it has its way over the normalizer, so where the two
   * differ, the model learned from other tokens than tokenizer.json makes.
   *
   * @throws ModelException if it says something else
   */
  void requireSame(JsonFile tokenizerConfig) {
    if (AS_THE_FILE_SAYS.contains(tokenizerConfig.get("tokenizer_class").asText())) {
      return;
    }
    requireSame(tokenizerConfig, "do_lower_case", "normalizer", lowercase);
    requireSame(tokenizerConfig, "strip_accents", "normalizer", stripAccents);
    requireSame(tokenizerConfig, "tokenize_chinese_chars", "normalizer", splitIdeographs);
  }

  /**
   * Checks what {@code tokenizer_config.json} says of one thing.
   *
   * @param part of tokenizer.json
   * @param done whether that does it
   */
  static void requireSame(JsonFile tokenizerConfig, String key, String part, boolean done) {
    if (tokenizerConfig.has(key) && tokenizerConfig.get(key).asBoolean(done) != done) {
      throw tokenizerConfig.error(
          key,
          "is " + !done + ", but the " + part + " of tokenizer.json does " + (done ? "it" : "not"),
          "Load the tokenizer with AutoTokenizer of transformers and save it again, which makes"
              + " both the same; or take the key out if tokenizer.json is right.");
    }
  }
}
