package io.flinkinference.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Whether a graph is one of a text model, and of the same model as the files beside it. */
final class ModelChecks {

  /** Inputs by which models of other kinds are known, and what they are made from. */
  private static final Map<String, String> FOREIGN = foreign();

  private ModelChecks() {}

  private static Map<String, String> foreign() {
    Map<String, String> inputs = new LinkedHashMap<>();
    inputs.put("pixel_values", "images. Take a text model; of CLIP and its like, the text half");
    inputs.put("input_features", "sound. Take a text model");
    inputs.put("input_values", "sound. Take a text model");
    inputs.put("bbox", "the layout of pages. Take a model that reads text alone");
    inputs.put(
        "decoder_input_ids",
        "the text that it has generated so far. Take a model that only encodes, or export the"
            + " encoder alone");
    return inputs;
  }

  /**
   * Checks a graph by itself.
   *
   * @throws ModelException if it cannot be run here, whatever is beside it
   */
  static void requireTextModel(Path onnxFile, GraphDetails graph) {
    if (graph.fourBit()) {
      throw new ModelException(
          onnxFile
              + " has weights of 4 bits, which are not supported. Take the model's fp32, fp16 or"
              + " int8 graph.");
    }
    for (GraphValue input : graph.inputs()) {
      String made = FOREIGN.get(input.name());
      if (made != null) {
        throw new ModelException(
            onnxFile + " takes '" + input.name() + "', which is made from " + made + ".");
      }
      if (input.name().startsWith("past_key_values")) {
        throw new ModelException(
            onnxFile
                + " takes '"
                + input.name()
                + "': it is exported to generate text. Export it with `optimum-cli export onnx"
                + " --task feature-extraction`, without past.");
      }
    }
  }

  /**
   * Checks what config.json says against the tables in the graph.
   *
   * @param vocabularySize {@code vocab_size}
   * @param lastPosition highest row of the position table that a text can ask for, or -1
   */
  static void requireTables(
      Path onnxFile, GraphDetails graph, int vocabularySize, long lastPosition) {
    if (graph.vocabularyRows() >= 0 && vocabularySize > graph.vocabularyRows()) {
      throw new ModelException(
          "\"vocab_size\" in config.json is "
              + vocabularySize
              + ", but the embedding table in "
              + onnxFile
              + " has "
              + graph.vocabularyRows()
              + " rows. They belong to different models: export the graph again, or copy the"
              + " config.json of the model from which it was exported.");
    }
    if (graph.positionRows() >= 0 && lastPosition >= graph.positionRows()) {
      throw new ModelException(
          "The files of the model allow texts up to position "
              + lastPosition
              + ", but the position table in "
              + onnxFile
              + " has "
              + graph.positionRows()
              + " rows. Lower \"max_position_embeddings\" in config.json to "
              + graph.positionRows()
              + ", or copy the one of the model from which the graph was exported.");
    }
  }

  /**
   * Checks that a file with weights is whole.
   *
   * @param least bytes that the graph looks for in it
   */
  static void requireBytes(Path onnxFile, Path weights, long least) {
    long size;
    try {
      size = Files.size(weights);
    } catch (IOException e) {
      throw new ModelException("Cannot read " + weights + ": " + e + ".", e);
    }
    if (size < least) {
      throw new ModelException(
          weights
              + " has "
              + size
              + " bytes, but the weights that "
              + onnxFile.getFileName()
              + " keeps there reach to byte "
              + least
              + ". Copy it again, both from one export. If it has a few lines of text only, it is a"
              + " pointer of git-lfs: `git lfs pull` replaces it.");
    }
  }
}
