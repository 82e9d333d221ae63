package io.flinkinference.model;

import io.flinkinference.text.Encoding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes a faster graph of a model's. Found by {@link java.util.ServiceLoader}, since those who
 * score only need not carry what it takes to change graphs.
 *
 * <p><b>Thread safety:</b> may be used by any number of threads at once.
 */
public interface GraphRewriter {

  /** How many times the weights may be in the heap meanwhile. */
  int COPIES = 2;

  /**
   * Writes a graph that takes the model's inputs and gives its outputs, up to rounding. It has been
   * held against the original when this returns.
   *
   * @param model of fp32
   * @param samples token ids of some texts, for the comparison
   * @param file to be written, with all weights
   * @throws ModelException if that graph cannot be made, or is not equal
   * @throws IOException if the file cannot be written
   */
  void rewrite(Model model, List<Encoding> samples, Path file) throws IOException;
}
