package io.flinkinference.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what sentence-transformers writes beside a model: the modules that follow the transformer
 * ({@code modules.json}) with their settings, the prompts, and what a cross-encoder's score is.
 *
 * @param pooling how token vectors become a text vector, null for a directory of another kind
 * @param normalized whether text vectors are scaled to length 1
 * @param dense layers between the two
 * @param prompts texts that come before a text
 * @param scoreActivation class of the function that a cross-encoder applies to its score; empty
 *     where it is not said here
 */
record SentenceTransformerConfig(
    Pooling pooling,
    boolean normalized,
    List<DenseModule> dense,
    Prompts prompts,
    String scoreActivation) {

  private static final String MODULES = "modules.json";
  private static final String OWN_CONFIG = "config_sentence_transformers.json";
  private static final String DEFAULT_POOLING = "1_Pooling";
  private static final String DEFAULT_PROMPT = "default_prompt_name";

  /** Reads a directory; one that sentence-transformers did not write has no pooling. */
  static SentenceTransformerConfig read(Path directory) {
    JsonFile modules = JsonFile.orEmpty(directory.resolve(MODULES));
    JsonFile own = JsonFile.orEmpty(directory.resolve(OWN_CONFIG));
    String activation = own.text("activation_fn", "");
    if (modules.root().isEmpty()) {
      PoolingFile pooling =
          PoolingFile.read(JsonFile.orEmpty(poolingFile(directory, DEFAULT_POOLING)));
      return new SentenceTransformerConfig(
          pooling.pooling(), false, List.of(), prompts(own, pooling.poolsPrompt()), activation);
    }
    PoolingFile pooling = new PoolingFile(null, true);
    List<DenseModule> dense = new ArrayList<>();
    boolean normalized = false;
    for (JsonNode module : modules.root()) {
      String type = module.path("type").asText();
      switch (type.substring(type.lastIndexOf('.') + 1)) {
        case "Transformer", "Dropout" -> {}
        case "Pooling" ->
            pooling =
                PoolingFile.read(
                    JsonFile.require(
                        poolingFile(directory, module.path("path").asText(DEFAULT_POOLING)),
                        MODULES + " lists a pooling module: copy its directory too."));
        case "Dense" -> {
          requireBefore(modules, "Dense", "Normalize", normalized);
          requireBefore(modules, "Dense", "Pooling", pooling.pooling() == null);
          dense.add(DenseFile.read(directory.resolve(module.path("path").asText())));
        }
        case "Normalize" -> normalized = true;
        default ->
            throw new ModelException(
                modules
                    + " lists a module of type \""
                    + type
                    + "\", which is not part of the graph and cannot be applied here. Use a model"
                    + " of the modules Transformer, Pooling, Dense and Normalize.");
      }
    }
    return new SentenceTransformerConfig(
        pooling.pooling(), normalized, dense, prompts(own, pooling.poolsPrompt()), activation);
  }

  private static void requireBefore(
      JsonFile modules, String type, String other, boolean outOfOrder) {
    if (outOfOrder) {
      throw new ModelException(
          modules
              + " lists the modules "
              + type
              + " and "
              + other
              + " in an order that is not supported. It is Transformer, Pooling, Dense, Normalize.");
    }
  }

  private static Prompts prompts(JsonFile json, boolean pooled) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> prompt : json.get("prompts").properties()) {
      texts.put(prompt.getKey(), prompt.getValue().asText());
    }
    String name = json.text(DEFAULT_PROMPT, "");
    if (!name.isEmpty() && !texts.containsKey(name)) {
      throw json.error(
          DEFAULT_PROMPT,
          "is \"" + name + "\"",
          "The prompts of the file are " + texts.keySet() + ".");
    }
    return new Prompts(texts, texts.getOrDefault(name, ""), pooled);
  }

  private static Path poolingFile(Path directory, String name) {
    return directory.resolve(name).resolve("config.json");
  }
}
