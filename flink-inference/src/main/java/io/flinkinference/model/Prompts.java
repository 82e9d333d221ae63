package io.flinkinference.model;

import java.util.Map;

/**
 * Texts that a model wants before what it embeds ({@code config_sentence_transformers.json}).
 *
 * @param texts by their names, such as query and passage
 * @param byDefault the one that is used unless another is asked for; empty for none
 * @param pooled whether the tokens of a prompt count in the pooling
 */
public record Prompts(Map<String, String> texts, String byDefault, boolean pooled) {

  /** Of a model that wants none. */
  public static final Prompts NONE = new Prompts(Map.of(), "", true);

  public Prompts {
    texts = Map.copyOf(texts);
  }
}
