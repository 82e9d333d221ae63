package io.flinkinference.model;

import java.util.List;
import java.util.Objects;

/**
 * What the files beside the graph say about a model.
 *
 * @param maxTokens most tokens that a text may have, special tokens included: the smallest of what
 *     the position table, the tokenizer and sentence-transformers allow
 * @param vocabularySize rows of the embedding table; token ids lie below it
 * @param padTokenId id that fills a row up to the width of its batch
 * @param labels names of the model's outputs in the order of their ids; empty where it has none
 * @param problemType how classification scores are meant, null where the directory does not say
 * @param pooling how token vectors become a text vector, null where the directory does not say
 * @param normalized whether text vectors are scaled to length 1
 * @param modelType {@code model_type} of config.json, such as bert; empty where it has none
 * @param layout how tokens lie in a row
 * @param dense layers between the pooling and the scaling, in their order
 * @param prompts texts that come before a text
 * @param scoreActivation class of the function that sentence-transformers applies to the score of a
 *     cross-encoder; empty where the directory does not say
 */
public record ModelConfig(
    int maxTokens,
    int vocabularySize,
    int padTokenId,
    List<String> labels,
    ProblemType problemType,
    Pooling pooling,
    boolean normalized,
    String modelType,
    TokenLayout layout,
    List<DenseModule> dense,
    Prompts prompts,
    String scoreActivation) {

  public ModelConfig {
    labels = List.copyOf(labels);
    dense = List.copyOf(dense);
    Objects.requireNonNull(modelType, "modelType");
    Objects.requireNonNull(layout, "layout");
    Objects.requireNonNull(prompts, "prompts");
    Objects.requireNonNull(scoreActivation, "scoreActivation");
  }

  /** A model of no special family. */
  public ModelConfig(
      int maxTokens,
      int vocabularySize,
      int padTokenId,
      List<String> labels,
      ProblemType problemType,
      Pooling pooling,
      boolean normalized) {
    this(
        maxTokens,
        vocabularySize,
        padTokenId,
        labels,
        problemType,
        pooling,
        normalized,
        "",
        TokenLayout.USUAL,
        List.of(),
        Prompts.NONE,
        "");
  }
}
