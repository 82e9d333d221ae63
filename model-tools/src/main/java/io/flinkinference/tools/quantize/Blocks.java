package io.flinkinference.tools.quantize;

import io.flinkinference.tools.graph.ElementType;
import io.flinkinference.tools.graph.Tensor;
import java.util.Arrays;

/**
 * Weights of 8 bits, column by column, with a scale for each block of a column. The last block is
 * filled with zeros.
 *
 * @param values of shape [columns, blocks, size], where 128 stands for zero
 * @param scales of shape [columns, blocks]
 */
record Blocks(Tensor values, Tensor scales) {

  static final int SIZE = 32;

  private static final int MOST = 127;
  private static final int ZERO = 128;

  /**
   * Rounds some columns.
   *
   * @param weights of shape [in, out]
   */
  static Blocks of(Tensor weights, int from, int columns) {
    int in = weights.size(0);
    int out = weights.size(1);
    int blocks = (in + SIZE - 1) / SIZE;
    float[] numbers = weights.toFloats();
    byte[] values = new byte[columns * blocks * SIZE];
    Arrays.fill(values, (byte) ZERO);
    float[] scales = new float[columns * blocks];
    for (int block = 0; block < scales.length; block++) {
      int column = from + block / blocks;
      int begin = block % blocks * SIZE;
      int end = Math.min(in, begin + SIZE);
      float reach = 0;
      for (int row = begin; row < end; row++) {
        reach = Math.max(reach, Math.abs(numbers[row * out + column]));
      }
      // A block of zeros stays one with any scale.
      scales[block] = reach == 0 ? 1 : reach / MOST;
      for (int row = begin; row < end; row++) {
        int rounded = Math.round(numbers[row * out + column] / scales[block]);
        values[block * SIZE + row - begin] = (byte) (rounded + ZERO);
      }
    }
    return new Blocks(
        Tensor.bytes(ElementType.UINT8, values, columns, blocks, SIZE),
        Tensor.floats(scales, columns, blocks));
  }
}
