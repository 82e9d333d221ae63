package io.flinkinference.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Chooses one of the graphs of a directory: by its path, else by its precision, which is read from
 * the graph and not from its name; of several of that precision by the names that exporters use.
 */
final class GraphVariants {

  private final Path directory;
  private final List<Path> graphs;

  /**
   * @param graphs all of the directory, at least one
   */
  GraphVariants(Path directory, List<Path> graphs) {
    this.directory = directory;
    this.graphs = graphs;
  }

  Path choose(GraphChoice choice) {
    if (!choice.file().isEmpty()) {
      return named(choice.file());
    }
    List<Path> fitting = fitting(choice.precision());
    for (String name : choice.precision().names()) {
      List<Path> named = fitting.stream().filter(graph -> graph.endsWith(name)).toList();
      if (!named.isEmpty()) {
        return only(named, choice.precision());
      }
    }
    return only(fitting, choice.precision());
  }

  private Path named(String file) {
    Path graph = directory.resolve(file).normalize();
    if (!graph.startsWith(directory) || !Files.isRegularFile(graph)) {
      throw new ModelException(
          "There is no file " + file + " in " + directory + "; its graphs are " + all() + ".");
    }
    return graph;
  }

  private List<Path> fitting(GraphPrecision precision) {
    if (precision == GraphPrecision.AUTO) {
      return graphs;
    }
    List<Path> fitting = new ArrayList<>();
    List<String> found = new ArrayList<>();
    for (Path graph : graphs) {
      found.add(directory.relativize(graph) + " " + read(graph, precision, fitting));
    }
    if (fitting.isEmpty()) {
      throw new ModelException(
          directory
              + " has no graph of the precision "
              + precision
              + "; it has "
              + found
              + ". Ask for one of these, or export the model in that precision.");
    }
    return fitting;
  }

  /** Tells what a graph is, and adds it if it fits. One that nobody asks for may be broken. */
  private static String read(Path graph, GraphPrecision precision, List<Path> fitting) {
    try {
      OnnxGraph read = OnnxGraphReader.read(graph);
      if (read.details().fourBit()) {
        return "4 bits";
      }
      if (precision.accepts(read.facts())) {
        fitting.add(graph);
      }
      return read.facts().precision();
    } catch (ModelException e) {
      return "that cannot be read (" + e.getMessage() + ")";
    }
  }

  private Path only(List<Path> choice, GraphPrecision precision) {
    if (choice.size() > 1) {
      throw new ModelException(
          directory
              + " has several graphs"
              + (precision == GraphPrecision.AUTO ? "" : " of the precision " + precision)
              + ": "
              + relative(choice)
              + ". Name the one that is meant instead of the directory, for instance "
              + choice.get(0)
              + ", or by the option inference.model.file.");
    }
    return choice.get(0);
  }

  private List<Path> all() {
    return relative(graphs);
  }

  private List<Path> relative(List<Path> paths) {
    return paths.stream().map(directory::relativize).toList();
  }
}
