package io.flinkinference.benchmarks.peers.model;

import java.io.Serializable;
import java.util.List;

/** Turns texts into vectors, with a model of its own. */
public interface Embedder extends AutoCloseable {

  /** The vector of each text, in the order of the texts. */
  List<float[]> embed(List<String> texts) throws Exception;

  /** Frees the model. */
  @Override
  void close();

  /** Opens an embedder where the job runs. */
  @FunctionalInterface
  interface Factory extends Serializable {
    /** Opens an embedder, which its caller closes. */
    Embedder open() throws Exception;
  }
}
