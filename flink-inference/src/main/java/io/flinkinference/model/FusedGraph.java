package io.flinkinference.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A graph that a {@link GraphRewriter} has made of a model's, in a file that is there until it is
 * closed. It is made anew at each start: kept, it would have to be told from those of other
 * versions of the rewriter.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
public final class FusedGraph implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FusedGraph.class);

  private final Path file;

  private FusedGraph(Path file) {
    this.file = file;
  }

  /**
   * Makes it; takes some seconds.
   *
   * @throws ModelException if the model is not of fp32, or no rewriter is there, or it fails
   */
  public static FusedGraph of(Model model) {
    String precision = model.graph().precision();
    if (!precision.equals("fp32")) {
      throw new ModelException(
          "inference.model.fuse is true, but the graph of %s is %s, and only fp32 is fused at the start. Set the option to false, or make the model with the command optimize."
              .formatted(model.name(), precision));
    }
    GraphRewriter rewriter =
        ServiceLoader.load(GraphRewriter.class, FusedGraph.class.getClassLoader())
            .findFirst()
            .orElseThrow(
                () ->
                    new ModelException(
                        "inference.model.fuse is true, but flink-inference-model-tools is not where flink-inference is. Put its jar and its libraries there, or set the option to false."));
    FusedGraph fused = null;
    boolean made = false;
    try {
      fused =
          new FusedGraph(
              Files.createTempFile(CacheDirectory.subdirectory("fused"), "graph", ".onnx"));
      rewriter.rewrite(model, fused.file);
      made = true;
      return fused;
    } catch (IOException e) {
      throw new ModelException(
          "The fused graph of %s cannot be written: %s.".formatted(model.name(), e), e);
    } finally {
      if (!made && fused != null) {
        fused.close();
      }
    }
  }

  /** The graph. */
  public Path file() {
    return file;
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("The file {} cannot be taken away. Delete it.", file, e);
    }
  }
}
