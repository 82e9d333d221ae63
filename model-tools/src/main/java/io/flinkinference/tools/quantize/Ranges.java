package io.flinkinference.tools.quantize;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Tensor;
import io.flinkinference.tools.session.GraphSession;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Least and greatest number of each channel of a value, over some texts.
 *
 * @param least by channel
 * @param greatest by channel
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
record Ranges(float[] least, float[] greatest) {

  /**
   * Runs texts one at a time, so that no padding is seen.
   *
   * @param values names of values whose last dimension are the channels
   */
  static Map<String, Ranges> of(Graph graph, Set<String> values, List<Encoding> texts) {
    Graph open = graph.copy();
    values.forEach(open::addOutput);
    Map<String, Ranges> ranges = new HashMap<>();
    try (GraphSession session = GraphSession.open(open)) {
      for (Encoding text : texts) {
        session
            .run(TokenBatch.of(text), values)
            .forEach(
                (name, tensor) ->
                    ranges
                        .computeIfAbsent(name, one -> none(tensor.size(tensor.rank() - 1)))
                        .widen(tensor));
      }
    }
    return ranges;
  }

  private static Ranges none(int channels) {
    // Zero has to be told exactly: padding and cut activations are zero.
    return new Ranges(new float[channels], new float[channels]);
  }

  private void widen(Tensor tensor) {
    float[] values = tensor.toFloats();
    for (int i = 0; i < values.length; i++) {
      int channel = i % least.length;
      least[channel] = Math.min(least[channel], values[i]);
      greatest[channel] = Math.max(greatest[channel], values[i]);
    }
  }

  int channels() {
    return least.length;
  }

  /** The greatest distance of a channel's numbers from zero. */
  float reach(int channel) {
    return Math.max(-least[channel], greatest[channel]);
  }

  /** The ranges after each channel was divided by a number. */
  Ranges dividedBy(float[] divisors) {
    float[] low = Arrays.copyOf(least, least.length);
    float[] high = Arrays.copyOf(greatest, greatest.length);
    for (int i = 0; i < divisors.length; i++) {
      low[i] /= divisors[i];
      high[i] /= divisors[i];
    }
    return new Ranges(low, high);
  }
}
