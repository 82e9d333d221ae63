package io.flinkinference.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads {@code config.json} as transformers writes it.
 *
 * <p>Keys and defaults are those of its <a
 * href="https://huggingface.co/docs/transformers/main_classes/configuration">PretrainedConfig</a>.
 */
final class TransformerConfig {

  /**
   * Models whose positions are counted from {@code pad_token_id + 1} on ({@code
   * create_position_ids_from_input_ids} in transformers), so that as many rows of the position
   * table are of no use to a text.
   */
  private static final Set<String> POSITIONS_AFTER_PADDING =
      Set.of(
          "camembert",
          "data2vec-text",
          "esm",
          "ibert",
          "layoutlmv3",
          "lilt",
          "longformer",
          "luke",
          "markuplm",
          "mluke",
          "mpnet",
          "roberta",
          "roberta-prelayernorm",
          "xlm-roberta",
          "xlm-roberta-xl",
          "xmod");

  private static final int DEFAULT_LABELS = 2;

  private final JsonFile json;

  TransformerConfig(JsonFile json) {
    this.json = json;
  }

  /** The family, such as bert; empty where the file does not say. */
  String modelType() {
    return json.text("model_type", "");
  }

  /** The row of the position table that a text's first token has. */
  int firstPosition(int padTokenId) {
    return POSITIONS_AFTER_PADDING.contains(modelType()) ? padTokenId + 1 : 0;
  }

  /** Rows of the embedding table. */
  int vocabularySize() {
    if (!json.has("vocab_size")) {
      throw json.error(
          "vocab_size", "is missing", "Add the number of rows of the embedding table.");
    }
    return positive("vocab_size");
  }

  /** The padding token, where the file names it. */
  OptionalInt padTokenId() {
    return json.has("pad_token_id")
        ? OptionalInt.of(toInt("pad_token_id", json.integer("pad_token_id")))
        : OptionalInt.empty();
  }

  /** Most tokens for which the position table has rows, where the file has such a limit. */
  OptionalInt maxTokens(int padTokenId) {
    String key = json.has("max_position_embeddings") ? "max_position_embeddings" : "n_positions";
    if (!json.has(key)) {
      return OptionalInt.empty();
    }
    int unused = firstPosition(padTokenId);
    int positions = positive(key);
    if (positions <= unused) {
      throw json.error(
          key,
          "is "
              + positions
              + ", but a "
              + modelType()
              + " model keeps "
              + unused
              + " of these unused");
    }
    return OptionalInt.of(positions - unused);
  }

  /** How scores are meant, or null. */
  ProblemType problemType() {
    String type = json.text("problem_type", "");
    return switch (type) {
      case "" -> null;
      case "single_label_classification" -> ProblemType.SINGLE_LABEL;
      case "multi_label_classification" -> ProblemType.MULTI_LABEL;
      case "regression" -> ProblemType.REGRESSION;
      default ->
          throw json.error(
              "problem_type",
              "is \"" + type + "\"",
              "It is single_label_classification, multi_label_classification or regression.");
    };
  }

  /**
   * The labels in the order of their ids; empty for a model that has none.
   *
   * <p>transformers gives every configuration the labels LABEL_0 and LABEL_1 and leaves them out
   * when it writes the file. So a classification model without labels has these two, and names of
   * the form LABEL_n say nothing about a model whose architecture is a mere encoder.
   */
  List<String> labels() {
    if (!json.has("id2label")) {
      return isClassifier() ? defaultLabels(labelCount()) : List.of();
    }
    List<String> labels = readLabels(json.get("id2label"));
    boolean unnamed = labels.equals(defaultLabels(labels.size()));
    return unnamed && isKnownNotToClassify() ? List.of() : labels;
  }

  /**
   * The class of the function that sentence-transformers applies to the score of a cross-encoder,
   * such as {@code torch.nn.modules.linear.Identity}; empty where the file does not say. Those
   * saved today have it in a file of their own, which goes before.
   */
  String scoreActivation() {
    String older = json.get("sbert_ce_default_activation_function").asText("");
    return json.get("sentence_transformers").path("activation_fn").asText(older);
  }

  private List<String> readLabels(JsonNode map) {
    int n = map.size();
    if (!map.isObject() || n == 0) {
      throw json.error("id2label", "is " + map + ", not an object of ids and labels");
    }
    List<String> labels = new ArrayList<>(n);
    for (int id = 0; id < n; id++) {
      JsonNode label = map.path(Integer.toString(id));
      if (!label.isValueNode() || label.isNull()) {
        throw json.error(
            "id2label",
            "has " + n + " entries but no label for id " + id,
            "The ids of n labels are \"0\" to \"n-1\".");
      }
      labels.add(label.asText());
    }
    return labels;
  }

  private int labelCount() {
    return json.has("num_labels") ? positive("num_labels") : DEFAULT_LABELS;
  }

  private static List<String> defaultLabels(int n) {
    List<String> labels = new ArrayList<>(n);
    for (int id = 0; id < n; id++) {
      labels.add("LABEL_" + id);
    }
    return labels;
  }

  private boolean isClassifier() {
    for (JsonNode architecture : json.get("architectures")) {
      String name = architecture.asText();
      if (name.contains("For") && name.endsWith("Classification")) {
        return true;
      }
    }
    return false;
  }

  private boolean isKnownNotToClassify() {
    return json.has("architectures") && !isClassifier();
  }

  private int positive(String key) {
    int value = toInt(key, json.integer(key));
    if (value < 1) {
      throw json.error(key, "is " + value + ", which is less than 1");
    }
    return value;
  }

  private int toInt(String key, long value) {
    if (value < Integer.MIN_VALUE || value > Integer.MAX_VALUE) {
      throw json.error(key, "is " + value + ", which is no 32-bit number");
    }
    return (int) value;
  }
}
