package io.flinkinference.benchmarks.peers;

import io.flinkinference.benchmarks.bare.Tokenized;
import io.flinkinference.benchmarks.files.ScratchDirectory;
import io.flinkinference.model.FusedGraph;
import io.flinkinference.model.Model;
import io.flinkinference.model.TemporaryGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The graph that the project runs, for the bare engine: where both run the same, a ratio between
 * them tells what is around the engine. To be opened while this is.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
public final class OwnGraph implements AutoCloseable {

  private static final int SAMPLES = 4;

  private final Model model;
  private final ScratchDirectory scratch; // Null where the graph is as the model has it.

  private OwnGraph(Model model, ScratchDirectory scratch) {
    this.model = model;
    this.scratch = scratch;
  }

  /**
   * Makes it.
   *
   * @param texts with the project's token ids; some of them are tried on a graph that is fused
   * @throws IOException if the fused graph cannot be written
   */
  public static OwnGraph of(Forms forms, Tokenized texts) throws IOException {
    Model own = forms.own();
    if (!forms.fused()) {
      return new OwnGraph(own, null);
    }
    // A file of its own: peers read it long after the operator takes one for left behind.
    ScratchDirectory scratch = ScratchDirectory.create();
    Path fused = scratch.path().resolve("fused.onnx");
    boolean copied = false;
    try (TemporaryGraph made = FusedGraph.of(own, texts.first(SAMPLES).encodings())) {
      Files.copy(made.file(), fused);
      copied = true;
    } finally {
      if (!copied) {
        scratch.close();
      }
    }
    return new OwnGraph(
        new Model(
            own.name(),
            fused,
            own.tokenizerFile(),
            own.sha256(),
            own.tokenizerSha256(),
            own.graph(),
            own.config()),
        scratch);
  }

  /** The project's model with that graph. */
  public Model model() {
    return model;
  }

  @Override
  public void close() {
    if (scratch != null) {
      scratch.close();
    }
  }
}
