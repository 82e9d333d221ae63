package io.flinkinference.model;

import io.flinkinference.text.Encoding;
import java.io.IOException;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Has a {@link GraphRewriter} make a faster graph of a model's. It is made anew at each start:
 * kept, it would have to be told from those of other versions of the rewriter.
 */
public final class FusedGraph {

  private static final String NO_REWRITER =
      "inference.model.fuse is true, but flink-inference-model-tools with tribuo-util-onnx and"
          + " protobuf-java is not where flink-inference is, or another version of it is. Put these"
          + " three jars beside it, or set the option to false.";

  private FusedGraph() {}

  /**
   * Makes it; takes some seconds.
   *
   * @param samples token ids of some texts, by which it is held against the original
   * @throws ModelException if the model is not of fp32, or no rewriter is there, or it fails
   */
  public static TemporaryGraph of(Model model, List<Encoding> samples) {
    String precision = model.graph().precision();
    if (!precision.equals("fp32")) {
      throw new ModelException(
          ("inference.model.fuse is true, but the graph of %s is %s, and only fp32 is fused at the"
                  + " start. Set inference.model.precision to FP32 if there is such a graph beside"
                  + " it, or inference.model.fuse to false; the command optimize makes other forms.")
              .formatted(model.name(), precision));
    }
    GraphRewriter rewriter = rewriter();
    requireHeap(model, Runtime.getRuntime().maxMemory());
    return of(model, samples, rewriter);
  }

  /** Better than to run out of it at each start. */
  static void requireHeap(Model model, long most) {
    OnnxGraph graph = OnnxGraphReader.read(model.onnxFile());
    long bytes =
        model.onnxFile().toFile().length()
            + graph.externalData().values().stream().mapToLong(Long::longValue).sum();
    if (most < GraphRewriter.COPIES * bytes) {
      throw new ModelException(
          ("To fuse the graph of %s takes heap of %d times its %d MB, but this JVM has at most %d MB."
                  + " Raise taskmanager.memory.task.heap.size, or set inference.model.fuse to false.")
              .formatted(model.name(), GraphRewriter.COPIES, bytes >> 20, most >> 20));
    }
  }

  static TemporaryGraph of(Model model, List<Encoding> samples, GraphRewriter rewriter) {
    TemporaryGraph graph = null;
    boolean made = false;
    try {
      graph = TemporaryGraph.create();
      rewriter.rewrite(model, samples, graph.file());
      made = true;
      return graph;
    } catch (LinkageError e) {
      throw new ModelException(NO_REWRITER, e);
    } catch (IOException e) {
      throw new ModelException(
          ("The fused graph of %s cannot be written: %s It takes the room of the model's file, in"
                  + " the directory that the system property %s names. Make room, name another, or"
                  + " set inference.model.fuse to false.")
              .formatted(model.name(), sentence(e), CacheDirectory.PROPERTY),
          e);
    } finally {
      if (!made && graph != null) {
        graph.close();
      }
    }
  }

  private static GraphRewriter rewriter() {
    try {
      return ServiceLoader.load(GraphRewriter.class, FusedGraph.class.getClassLoader())
          .findFirst()
          .orElseThrow(() -> new ModelException(NO_REWRITER));
    } catch (ServiceConfigurationError e) {
      throw new ModelException(NO_REWRITER, e);
    }
  }

  private static String sentence(IOException e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    return message.endsWith(".") ? message : message + ".";
  }
}
