package io.flinkinference.tools.finetune;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flinkinference.model.Model;
import io.flinkinference.tools.graph.DeadNodes;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.OnnxWriter;
import io.flinkinference.tools.session.ModelGraph;
import io.flinkinference.tools.train.Head;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes a directory with one graph and the labels, as transformers lays it out. */
final class ClassifierFiles {

  /** What says how texts become tokens, and how many. Poolings are in the graph now. */
  private static final String COPIED =
      "{tokenizer.json,tokenizer_config.json,special_tokens_map.json,sentence_*_config.json}";

  private static final String PROMPTS = "config_sentence_transformers.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  private ClassifierFiles() {}

  /** The graph of an encoder with a head on it. */
  static Graph graph(Model encoder, Head head) {
    Graph graph = ModelGraph.read(encoder);
    HeadGraph.attach(graph, encoder.config(), head);
    DeadNodes.remove(graph);
    return graph;
  }

  static void write(
      Model encoder, Graph graph, List<String> labels, boolean multiLabel, Path directory)
      throws IOException {
    OnnxWriter.write(graph, directory.resolve("model.onnx"));
    Path source = encoder.tokenizerFile().getParent();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(source, COPIED)) {
      for (Path file : files) {
        Files.copy(file, directory.resolve(file.getFileName()));
      }
    }
    if (Files.exists(source.resolve(PROMPTS))) {
      JsonNode prompts = JSON.readTree(Files.readString(source.resolve(PROMPTS)));
      keepDefault(prompts);
      Files.writeString(directory.resolve(PROMPTS), text(prompts));
    }
    ObjectNode config = (ObjectNode) JSON.readTree(Files.readString(source.resolve("config.json")));
    label(config, labels, multiLabel);
    Files.writeString(directory.resolve("config.json"), text(config));
  }

  /** Texts to learn from had no other prompt before them, so the head knows no other. */
  private static void keepDefault(JsonNode file) {
    if (file.path("prompts") instanceof ObjectNode prompts) {
      prompts.retain(file.path("default_prompt_name").asText(""));
    }
  }

  private static void label(ObjectNode config, List<String> labels, boolean multiLabel) {
    ObjectNode names = JSON.createObjectNode();
    ObjectNode ids = JSON.createObjectNode();
    for (int i = 0; i < labels.size(); i++) {
      names.put(Integer.toString(i), labels.get(i));
      ids.put(labels.get(i), i);
    }
    String architecture = config.path("architectures").path(0).asText("BertModel");
    String family = architecture.replaceFirst("(Model|For[A-Z].*)$", "");
    config.putArray("architectures").add(family + "ForSequenceClassification");
    config.set("id2label", names);
    config.set("label2id", ids);
    config.put(
        "problem_type", multiLabel ? "multi_label_classification" : "single_label_classification");
  }

  static String text(Object value) throws IOException {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
  }
}
