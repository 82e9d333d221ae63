package io.flinkinference.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Reads what sentence-transformers writes beside a model: the modules that follow the transformer
 * ({@code modules.json}), and the settings of its pooling.
 *
 * @param pooling how token vectors become a text vector, null for a directory of another kind
 * @param normalized whether text vectors are scaled to length 1
 */
record SentenceTransformerConfig(Pooling pooling, boolean normalized) {

  private static final String MODULES = "modules.json";
  private static final String DEFAULT_POOLING = "1_Pooling";
  private static final String MODE = "pooling_mode";

  /** Reads a directory; one that sentence-transformers did not write has no pooling. */
  static SentenceTransformerConfig read(Path directory) {
    JsonFile modules = JsonFile.orEmpty(directory.resolve(MODULES));
    if (modules.root().isEmpty()) {
      return new SentenceTransformerConfig(
          pooling(JsonFile.orEmpty(poolingFile(directory, DEFAULT_POOLING))), false);
    }
    Pooling pooling = null;
    boolean normalized = false;
    for (JsonNode module : modules.root()) {
      String type = module.path("type").asText();
      switch (type.substring(type.lastIndexOf('.') + 1)) {
        case "Transformer", "Dropout" -> {}
        case "Pooling" ->
            pooling =
                pooling(
                    JsonFile.require(
                        poolingFile(directory, module.path("path").asText(DEFAULT_POOLING)),
                        MODULES + " lists a pooling module: copy its directory too."));
        case "Normalize" -> normalized = true;
        default ->
            throw new ModelException(
                modules
                    + " lists a module of type \""
                    + type
                    + "\", which is not part of the graph and cannot be applied here. Use a model"
                    + " of the modules Transformer, Pooling and Normalize.");
      }
    }
    return new SentenceTransformerConfig(pooling, normalized);
  }

  private static Path poolingFile(Path directory, String name) {
    return directory.resolve(name).resolve("config.json");
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
      throw json.error(MODE, "has the values " + modes, "Exactly one is supported: cls or mean.");
    }
    return switch (modes.get(0)) {
      case "cls", "cls_token" -> Pooling.CLS;
      case "mean", "mean_tokens" -> Pooling.MEAN;
      default ->
          throw json.error(
              MODE, "is \"" + modes.get(0) + "\"", "The modes cls and mean are supported.");
    };
  }
}
