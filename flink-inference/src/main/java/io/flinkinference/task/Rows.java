package io.flinkinference.task;

import io.flinkinference.engine.FloatTensor;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.UnscorableException;
import java.util.Arrays;

/** What every decoder asks of the numbers that it reads. */
final class Rows {

  private Rows() {}

  /** Checks all dimensions but the last, which is that of the values. */
  static void requireShape(String output, FloatTensor tensor, int... leading) {
    int[] shape = tensor.shape();
    boolean fits = shape.length == leading.length + 1;
    for (int i = 0; fits && i < leading.length; i++) {
      fits = shape[i] == leading[i];
    }
    if (!fits) {
      throw new UnscorableException(
          DeadLetterReason.INVALID_OUTPUT,
          "Output '"
              + output
              + "' has the shape "
              + Arrays.toString(shape)
              + "; it should be "
              + Arrays.toString(leading)
              + " and the values.");
    }
  }

  /** Checks that no value is NaN or infinite. */
  static void requireNumbers(String output, float[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new UnscorableException(
            DeadLetterReason.INVALID_OUTPUT,
            "Value " + i + " of output '" + output + "' is " + values[i] + " for this text.");
      }
    }
  }
}
