package io.flinkinference.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a model directory does not say, or says twice in two ways, and what is assumed then. */
final class ModelWarnings {

  private static final Set<String> FAMILIES =
      Set.of(
          "albert",
          "bert",
          "camembert",
          "deberta",
          "deberta-v2",
          "distilbert",
          "electra",
          "modernbert",
          "mpnet",
          "new",
          "nomic_bert",
          "roberta",
          "xlm-roberta");

  private static final int LEAST_OPSET = 11;
  private static final int LARGEST_OPSET = 21;

  private ModelWarnings() {}

  /** The tasks for which a graph has the outputs; none for one that fills masks. */
  static List<String> tasks(ModelConfig config, GraphDetails graph) {
    Optional<GraphValue> logits = logits(config, graph);
    if (logits.isEmpty()) {
      return List.of("embedding", "zero-shot", "nearest");
    }
    if (logits.get().shape().size() == 2) {
      return ofClassifier(config.labels());
    }
    return config.labels().isEmpty() ? List.of() : List.of("token-classification");
  }

  /**
   * Scores of texts or of tokens; where another name does not say so, what else is known has to.
   */
  private static Optional<GraphValue> logits(ModelConfig config, GraphDetails graph) {
    return graph.outputs().stream()
        .filter(output -> output.shape().size() == 2 || output.shape().size() == 3)
        .filter(
            output ->
                output.name().equals("logits")
                    || (graph.outputs().size() == 1 && scoresLabels(config, output)))
        .findFirst();
  }

  /** An encoder may have labels too: those of the model that it was made of. */
  private static boolean scoresLabels(ModelConfig config, GraphValue output) {
    int size = output.lastSize();
    return output.shape().size() == 2
        && !output.name().equals("sentence_embedding")
        && config.pooling() == null
        && !config.labels().isEmpty()
        && (size < 0 ? hasNames(config.labels()) : size == config.labels().size());
  }

  /** Not only those that transformers gives to each model. */
  private static boolean hasNames(List<String> labels) {
    return labels.stream().anyMatch(label -> !label.startsWith("LABEL_"));
  }

  private static List<String> ofClassifier(List<String> labels) {
    if (labels.size() == 1) {
      return List.of("text-classification", "rerank");
    }
    boolean entails =
        labels.stream().anyMatch(label -> label.toLowerCase(Locale.ROOT).startsWith("entail"));
    return entails
        ? List.of("text-classification", "natural-language-inference", "zero-shot-by-inference")
        : List.of("text-classification");
  }

  static List<String> of(Model model, GraphDetails graph, TokenizerFile tokenizer) {
    ModelConfig config = model.config();
    List<String> tasks = tasks(config, graph);
    List<String> warnings = new ArrayList<>();
    if (tasks.isEmpty()) {
      warnings.add(
          "The outputs suit no task: it seems to fill masks. Export the model with `--task"
              + " feature-extraction`.");
    }
    if (!FAMILIES.contains(config.modelType())) {
      warnings.add(
          "The family '"
              + config.modelType()
              + "' is not one that is known; it is taken as it is.");
    }
    if (model.graph().opset() < LEAST_OPSET || model.graph().opset() > LARGEST_OPSET) {
      warnings.add(
          "Opset " + model.graph().opset() + " lies outside of those that are known, 11 to 21.");
    }
    if (!model.graph().batchInvariant()) {
      warnings.add(
          "Activations are quantised over the whole batch, or have 16 bits: a score depends a little on"
              + " the texts beside it.");
    }
    addOfVectors(warnings, tasks, config, graph);
    addOfLabels(warnings, tasks, config, graph);
    if (graph.vocabularyRows() > config.vocabularySize()) {
      warnings.add(
          "The embedding table has "
              + graph.vocabularyRows()
              + " rows, \"vocab_size\" in config.json is "
              + config.vocabularySize()
              + "; ids from there on are refused.");
    }
    long beyond =
        tokenizer.addedTokens().values().stream()
            .filter(id -> id >= config.vocabularySize())
            .count();
    if (beyond > 0) {
      warnings.add(
          beyond
              + " added tokens have no row in the embedding table; a text with one becomes a dead"
              + " letter.");
    }
    return warnings;
  }

  private static void addOfVectors(
      List<String> warnings, List<String> tasks, ModelConfig config, GraphDetails graph) {
    boolean pools = graph.outputs().stream().anyMatch(output -> output.shape().size() == 2);
    if (tasks.contains("embedding") && config.pooling() == null && !pools) {
      warnings.add(
          "Nothing says how to pool the vectors of the tokens: add 1_Pooling/config.json, or set"
              + " the pooling of the task.");
    }
    if (!config.prompts().pooled()) {
      warnings.add("The model leaves prompts out of its pooling, so it can be used without only.");
    }
  }

  private static void addOfLabels(
      List<String> warnings, List<String> tasks, ModelConfig config, GraphDetails graph) {
    if (!tasks.contains("text-classification")) {
      return;
    }
    int logits = logits(config, graph).map(GraphValue::lastSize).orElse(-1);
    if (logits >= 0 && logits != config.labels().size()) {
      warnings.add(
          "The graph scores "
              + logits
              + " labels, config.json names "
              + config.labels().size()
              + ". Make them the same, or set the labels of the task.");
    } else if (config.labels().stream().allMatch(label -> label.startsWith("LABEL_"))) {
      warnings.add("The labels have no names. Set id2label in config.json, or those of the task.");
    }
    if (config.problemType() == null) {
      warnings.add(
          "config.json has no problem_type: assumed is "
              + (config.labels().size() == 1
                  ? "a sigmoid."
                  : "that one label is right (softmax)."));
    }
  }
}
