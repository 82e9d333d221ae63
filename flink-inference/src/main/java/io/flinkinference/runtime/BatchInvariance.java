package io.flinkinference.runtime;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.EngineMemoryException;
import io.flinkinference.engine.FloatTensor;
import io.flinkinference.engine.InferenceEngine;
import io.flinkinference.engine.Outputs;
import io.flinkinference.text.Encoding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tries whether a text's outputs are the same bits alone and in a batch.
 *
 * <p>The graph tells that they are not where it quantises activations over the whole batch. Where
 * it reduces over the sequence itself, as for a mean in the graph, the runtime may add in another
 * order for one row than for several: that shows only when it runs.
 */
public final class BatchInvariance {

  private static final int[] LENGTHS = {3, 7, 12, 23, 40};
  // A device that prepares for shapes has to know of the most: ShapeProfile of engine.onnx does.
  private static final int[] ROWS = {2, 5, 11};

  private final InferenceEngine engine;
  private final Encoding text;

  private BatchInvariance(InferenceEngine engine, Encoding text) {
    this.engine = engine;
    this.text = text;
  }

  /**
   * Runs beginnings of a text alone, beside copies of themselves, and beside shorter and longer
   * ones.
   *
   * @param text the longer, the better; 40 tokens are enough
   * @return whether each gave the same bits every time; false where memory is lacking for the
   *     batches
   */
  public static boolean holds(InferenceEngine engine, Encoding text) {
    try {
      return new BatchInvariance(engine, text).holds();
    } catch (EngineMemoryException e) {
      return false; // Not known, so not claimed.
    }
  }

  private boolean holds() {
    for (int length : LENGTHS) {
      Encoding row = beginning(length);
      Map<String, float[]> alone = run(engine.rounding().batch(row), row.length());
      for (int rows : ROWS) {
        if (!same(
            alone, run(engine.rounding().batch(Collections.nCopies(rows, row)), row.length()))) {
          return false;
        }
      }
      List<Encoding> mixed = new ArrayList<>();
      mixed.add(row);
      for (int other : LENGTHS) {
        mixed.add(beginning(other));
      }
      if (!same(alone, run(engine.rounding().batch(mixed), row.length()))) {
        return false;
      }
    }
    return true;
  }

  /** With the text's last token at its end: graphs as BART's pool by it, and fail without. */
  private Encoding beginning(int length) {
    int[] ids = new int[Math.min(length, text.length())];
    int last = ids.length - 1;
    for (int i = 0; i < last; i++) {
      ids[i] = text.id(i);
    }
    ids[last] = text.id(text.length() - 1);
    return Encoding.of(ids);
  }

  /** The outputs of the first row, without those of its padding. */
  private Map<String, float[]> run(TokenBatch batch, int length) {
    int start = engine.padsLeft() ? batch.width() - length : 0;
    return engine.run(batch, outputs -> firstRow(outputs, batch.width(), start, length));
  }

  private static Map<String, float[]> firstRow(Outputs outputs, int width, int start, int length) {
    Map<String, float[]> values = new HashMap<>();
    for (String name : outputs.names()) {
      FloatTensor tensor = outputs.get(name);
      boolean perToken = tensor.shape().length == 3 && tensor.shape()[1] == width;
      int size = perToken ? tensor.rowSize() / width : tensor.rowSize();
      float[] row = new float[perToken ? size * length : size];
      for (int i = 0; i < row.length; i++) {
        row[i] = tensor.data().get((perToken ? start * size : 0) + i);
      }
      values.put(name, row);
    }
    return values;
  }

  private static boolean same(Map<String, float[]> one, Map<String, float[]> other) {
    for (Map.Entry<String, float[]> output : one.entrySet()) {
      float[] values = output.getValue();
      float[] others = other.get(output.getKey());
      if (values.length != others.length) {
        return false;
      }
      for (int i = 0; i < values.length; i++) {
        if (Float.floatToRawIntBits(values[i]) != Float.floatToRawIntBits(others[i])) {
          return false;
        }
      }
    }
    return true;
  }
}
