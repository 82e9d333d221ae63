package io.flinkinference.engine;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The outputs of one run, by name; valid until the reader returns. Those that have to be copied are
 * so when they are first asked for, since a graph may have outputs that no task reads.
 *
 * <p><b>Thread safety:</b> belongs to the thread of the reader.
 */
public final class Outputs {

  private final Map<String, FloatTensor> tensors;
  private final Map<String, Supplier<FloatTensor>> copies;

  /** Outputs that can be read as they are. */
  public Outputs(Map<String, FloatTensor> tensors) {
    this(tensors, Map.of());
  }

  /**
   * @param tensors those that can be read as they are; copies join them
   * @param copies makes each of the others
   */
  public Outputs(Map<String, FloatTensor> tensors, Map<String, Supplier<FloatTensor>> copies) {
    this.tensors = tensors;
    this.copies = copies;
  }

  /** All names. */
  public Set<String> names() {
    Set<String> names = new HashSet<>(tensors.keySet());
    names.addAll(copies.keySet());
    return names;
  }

  /** The output of a name. */
  public FloatTensor get(String name) {
    FloatTensor tensor = tensors.get(name);
    return tensor == null ? copy(name) : tensor;
  }

  private FloatTensor copy(String name) {
    Supplier<FloatTensor> copy = copies.get(name);
    if (copy == null) {
      throw new IllegalArgumentException(
          "The model has no output '" + name + "'. It has " + names() + ".");
    }
    FloatTensor tensor = copy.get();
    tensors.put(name, tensor);
    return tensor;
  }
}
