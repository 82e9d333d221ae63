package io.flinkinference.task;

import io.flinkinference.model.ModelException;
import io.flinkinference.model.Prompts;
import io.flinkinference.runtime.LoadedModel;
import io.flinkinference.tokenize.PrefixedTokenizer;
import io.flinkinference.tokenize.Tokenizer;
import java.io.Serializable;
import java.util.TreeMap;

/**
 * What is put before each text, as E5, BGE and their like were trained to see it.
 *
 * @param literal the prefix itself; null for that of the prompt
 * @param prompt name of one of the model's prompts; null for the model's default, of which most
 *     have none
 */
public record TextPrefix(String literal, String prompt) implements Serializable {

  /** The model's default. */
  public static final TextPrefix AS_MODEL = new TextPrefix(null, null);

  private static final long serialVersionUID = 1L;

  /** The model's tokenizer, or one that puts the prefix before each text. Closing it is no duty. */
  public Tokenizer tokenizer(LoadedModel model) {
    String prefix = resolve(model);
    return prefix.isEmpty() ? model.tokenizer() : new PrefixedTokenizer(model.tokenizer(), prefix);
  }

  private String resolve(LoadedModel model) {
    Prompts prompts = model.model().config().prompts();
    String prefix = literal != null ? literal : prompt == null ? prompts.byDefault() : named(model);
    if (!prefix.isEmpty() && !prompts.pooled()) {
      throw new ModelException(
          "Model '"
              + model.model().name()
              + "' leaves the prompt out of its pooling (include_prompt in 1_Pooling/config.json),"
              + " which is not supported. Use it without a prefix: set inference.text.prefix to ''.");
    }
    return prefix;
  }

  private String named(LoadedModel model) {
    Prompts prompts = model.model().config().prompts();
    String prefix = prompts.texts().get(prompt);
    if (prefix == null) {
      throw new ModelException(
          "Model '"
              + model.model().name()
              + "' has no prompt '"
              + prompt
              + "'; its prompts are "
              + new TreeMap<>(prompts.texts()).keySet()
              + ". Name one of them, or set inference.text.prefix to the text itself.");
    }
    return prefix;
  }
}
