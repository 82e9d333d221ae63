package io.flinkinference.tools.session;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import io.flinkinference.batch.TokenBatch;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * Tells whether what a graph makes of the mask is no more than a mask. It may be more: positions
 * were added to it, or it hides the tokens behind each, as decoders do.
 */
final class PaddingMask {

  /** A score that is less by so much is nothing after the softmax. */
  private static final double HIDES = 1_000;

  private PaddingMask() {}

  static boolean is(OnnxValue value, TokenBatch batch) {
    if (!(value instanceof OnnxTensor tensor)) {
      return false;
    }
    long[] shape = tensor.getInfo().getShape();
    if (shape.length != 4 || shape[0] != batch.rows() || shape[3] != batch.width()) {
      return false;
    }
    int lines = Math.toIntExact(shape[1] * shape[2]);
    return switch (tensor.getInfo().type) {
      case FLOAT -> {
        FloatBuffer numbers = tensor.getFloatBuffer();
        yield is(batch, lines, numbers::get, HIDES);
      }
      case BOOL -> {
        ByteBuffer flags = tensor.getByteBuffer();
        yield is(batch, lines, flags::get, 0) || is(batch, lines, i -> -flags.get(i), 0);
      }
      default -> false;
    };
  }

  /** Whether padding is less than tokens, by more than a number. */
  private static boolean is(
      TokenBatch batch, int lines, IntToDoubleFunction values, double distance) {
    int width = batch.width();
    double[] line = new double[width];
    for (int i = 0; i < batch.rows() * lines; i++) {
      int from = i * width;
      Arrays.setAll(line, key -> values.applyAsDouble(from + key));
      int length = batch.row(i / lines).length();
      double token = line[0];
      for (int key = 1; key < width; key++) {
        boolean fits = key < length ? line[key] == token : token - line[key] > distance;
        if (!fits) {
          return false;
        }
      }
    }
    return true;
  }
}
