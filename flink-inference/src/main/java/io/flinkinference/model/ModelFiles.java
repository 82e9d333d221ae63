package io.flinkinference.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds the graph of a model and the directory that the other files are in.
 *
 * @param directory where config.json and its like are
 * @param onnxFile the graph
 */
record ModelFiles(Path directory, Path onnxFile) {

  private static final String SUFFIX = ".onnx";

  /** Subdirectory into which transformers.js, optimum and sentence-transformers export graphs. */
  private static final String ONNX_DIRECTORY = "onnx";

  /**
   * Finds the files of a model.
   *
   * @param path a model directory, or one graph of several in it
   * @param choice which of several, for a directory
   * @throws ModelException if there is no graph, or no telling which one is meant
   */
  static ModelFiles find(Path path, GraphChoice choice) {
    Path absolute = path.toAbsolutePath().normalize();
    if (Files.isDirectory(absolute)) {
      return new ModelFiles(absolute, choose(absolute, choice));
    }
    if (!Files.isRegularFile(absolute)) {
      throw new ModelException("There is neither a directory nor a file " + absolute + ".");
    }
    if (!absolute.getFileName().toString().endsWith(SUFFIX)) {
      throw new ModelException(
          absolute + " is a file but no " + SUFFIX + " file. Name a model directory or its graph.");
    }
    if (!choice.file().isEmpty()) {
      throw new ModelException(
          absolute
              + " is a graph, and the option inference.model.file names one too: "
              + choice.file()
              + ". Name the directory instead, or leave the option out.");
    }
    Path parent = absolute.getParent();
    boolean inOnnxDirectory =
        parent.endsWith(ONNX_DIRECTORY) && !Files.exists(parent.resolve("config.json"));
    return new ModelFiles(inOnnxDirectory ? parent.getParent() : parent, absolute);
  }

  private static Path choose(Path directory, GraphChoice choice) {
    List<Path> graphs = new ArrayList<>(graphsIn(directory));
    graphs.addAll(graphsIn(directory.resolve(ONNX_DIRECTORY)));
    if (graphs.isEmpty()) {
      throw new ModelException(
          "There is no "
              + SUFFIX
              + " file in "
              + directory
              + " or its directory "
              + ONNX_DIRECTORY
              + ". Export the model, for instance with `optimum-cli export onnx --model NAME"
              + " DIRECTORY`.");
    }
    return new GraphVariants(directory, graphs).choose(choice);
  }

  private static List<Path> graphsIn(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> graphs =
          new ArrayList<>(
              files
                  .filter(file -> file.toString().endsWith(SUFFIX) && Files.isRegularFile(file))
                  .toList());
      Collections.sort(graphs);
      return graphs;
    } catch (IOException e) {
      throw new ModelException("Cannot list " + directory + ": " + e + ".", e);
    }
  }
}
