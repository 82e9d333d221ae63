package io.flinkinference.benchmarks.peers;

import io.flinkinference.benchmarks.bare.Tokenized;
import io.flinkinference.model.FusedGraph;
import io.flinkinference.model.Model;
import io.flinkinference.model.TemporaryGraph;

/**
 * The graph that the project runs, for the bare engine: where both run the same, a ratio between
 * them tells what is around the engine. To be opened while this is.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
public final class OwnGraph implements AutoCloseable {

  private static final int SAMPLES = 4;

  private final Model model;
  private final TemporaryGraph fused;

  private OwnGraph(Model model, TemporaryGraph fused) {
    this.model = model;
    this.fused = fused;
  }

  /**
   * Makes it.
   *
   * @param texts of which some are tried on a graph that is fused
   */
  public static OwnGraph of(Forms forms, Tokenized texts) {
    Model own = forms.own();
    if (!forms.fused()) {
      return new OwnGraph(own, null);
    }
    TemporaryGraph fused = FusedGraph.of(own, texts.first(SAMPLES).encodings());
    return new OwnGraph(
        new Model(
            own.name(),
            fused.file(),
            own.tokenizerFile(),
            own.sha256(),
            own.tokenizerSha256(),
            own.graph(),
            own.config()),
        fused);
  }

  /** The project's model with that graph. */
  public Model model() {
    return model;
  }

  @Override
  public void close() {
    if (fused != null) {
      fused.close();
    }
  }
}
