package io.flinkinference.model;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Makes a faster graph of a model's. Found by {@link java.util.ServiceLoader}, since those who
 * score only need not carry what it takes to change graphs.
 *
 * <p><b>Thread safety:</b> may be used by any number of threads at once.
 */
public interface GraphRewriter {

  /**
   * Writes a graph that takes the model's inputs and gives its outputs, up to rounding. It has been
   * held against the original when this returns.
   *
   * @param model of fp32
   * @param file to be written, with all weights
   * @throws ModelException if that graph cannot be made, or is not equal
   * @throws IOException if the file cannot be written
   */
  void rewrite(Model model, Path file) throws IOException;
}
