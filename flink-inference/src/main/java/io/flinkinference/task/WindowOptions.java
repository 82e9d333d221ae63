package io.flinkinference.task;

import java.io.Serializable;
import java.util.Objects;

/**
 * How long texts are cut into windows.
 *
 * @param overlap tokens that a window shares with the one before it, from 0
 * @param most windows that a text may make, at least 1
 * @param merge how their results become one
 */
public record WindowOptions(int overlap, int most, WindowMerge merge) implements Serializable {

  /** A few words of overlap, and the merge of the task. */
  public static final WindowOptions DEFAULT = new WindowOptions(32, 64, WindowMerge.AS_TASK);

  private static final long serialVersionUID = 1L;

  public WindowOptions {
    Objects.requireNonNull(merge, "merge");
    if (overlap < 0) {
      throw new IllegalArgumentException(
          "inference.text.window-overlap is at least 0, not " + overlap + ".");
    }
    if (most < 1) {
      throw new IllegalArgumentException(
          "inference.text.max-windows is at least 1, not " + most + ".");
    }
  }
}
