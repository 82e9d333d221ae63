package io.flinkinference.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Tells what a model directory holds. Reads files only. */
public final class ModelInspector {

  private ModelInspector() {}

  /**
   * Inspects a model.
   *
   * @param id as {@link ModelRepositories#standard} takes it
   * @throws ModelException if it cannot be used; the message says why
   */
  public static ModelReport inspect(String id, GraphChoice choice) {
    Model model = ModelRepositories.standard().resolve(id, choice);
    GraphDetails graph = OnnxGraphReader.read(model.onnxFile()).details();
    TokenizerFile tokenizer = TokenizerFile.read(model.tokenizerFile());
    ModelConfig config = model.config();
    return new ModelReport(
        model.name(),
        model.onnxFile().toString(),
        config.modelType(),
        ModelWarnings.tasks(config, graph),
        graph.inputs(),
        graph.outputs(),
        tokenizer.kind().isEmpty() ? "unnamed" : tokenizer.kind(),
        tokenizer.vocabularySize(),
        side(config.layout().padLeft()),
        side(config.layout().truncateLeft()),
        tokenizer.lowercases(),
        config.maxTokens(),
        graph.parameters(),
        bytes(model.onnxFile()),
        model.graph().precision(),
        model.graph().opset(),
        model.graph().batchInvariant(),
        config.pooling() == null ? "" : config.pooling().name().toLowerCase(Locale.ROOT),
        config.labels(),
        new TreeMap<>(config.prompts().texts()),
        model.sha256(),
        ModelWarnings.of(model, graph, tokenizer),
        options(config, choice));
  }

  /**
   * Tells what a model can be asked for.
   *
   * @return names of tasks, those of the command line
   * @throws ModelException if its graph cannot be read
   */
  public static List<String> tasks(Model model) {
    return ModelWarnings.tasks(model.config(), OnnxGraphReader.read(model.onnxFile()).details());
  }

  private static String side(boolean left) {
    return left ? "left" : "right";
  }

  private static Map<String, String> options(ModelConfig config, GraphChoice choice) {
    Map<String, String> options = new LinkedHashMap<>();
    if (choice.precision() != GraphPrecision.AUTO) {
      options.put("inference.model.precision", choice.precision().name());
    }
    if (!choice.file().isEmpty()) {
      options.put("inference.model.file", choice.file());
    }
    if (!config.prompts().texts().isEmpty()) {
      options.put(
          "inference.text.prompt",
          String.join(" or ", new TreeMap<>(config.prompts().texts()).keySet()));
    }
    return options;
  }

  private static long bytes(Path graph) {
    List<Path> files = new ArrayList<>(List.of(graph));
    for (String name : OnnxGraphReader.read(graph).externalData().keySet()) {
      files.add(graph.resolveSibling(name));
    }
    long sum = 0;
    for (Path file : files) {
      try {
        sum += Files.size(file);
      } catch (IOException e) {
        throw new ModelException("Cannot read " + file + ": " + e + ".", e);
      }
    }
    return sum;
  }
}
