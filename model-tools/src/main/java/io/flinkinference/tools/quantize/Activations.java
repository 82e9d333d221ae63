package io.flinkinference.tools.quantize;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Tensor;
import io.flinkinference.tools.progress.Progress;
import io.flinkinference.tools.session.GraphSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a layer reads, over some texts: the range of each channel over all tokens, and the tokens
 * themselves, as many as there is room for.
 *
 * <p><b>Thread safety:</b> for one thread while it is gathered, then for any number.
 */
final class Activations {

  /** Room for the tokens of all values together. */
  private static final long MOST_BYTES = 256L << 20;

  private final float[] least;
  private final float[] greatest;
  private final List<float[]> tokens = new ArrayList<>();

  private Activations(int channels) {
    // Zero has to be told exactly: padding and cut activations are zero.
    least = new float[channels];
    greatest = new float[channels];
  }

  /** Of tokens that are given, all of which are kept. */
  static Activations of(float[]... tokens) {
    Activations activations = new Activations(tokens[0].length);
    for (float[] token : tokens) {
      activations.widen(token, 0);
      activations.tokens.add(token);
    }
    return activations;
  }

  /** What several layers read, taken together. */
  static Activations joined(List<Activations> all) {
    Activations joined = new Activations(all.get(0).channels());
    for (Activations one : all) {
      joined.widen(one.least, 0);
      joined.widen(one.greatest, 0);
      joined.tokens.addAll(one.tokens);
    }
    return joined;
  }

  /**
   * Runs texts one at a time, so that no padding is seen.
   *
   * @param values names of values whose last dimension are the channels
   */
  static Map<String, Activations> of(
      Graph graph, Set<String> values, List<Encoding> texts, Progress progress) {
    Graph open = graph.copy();
    values.forEach(open::addOutput);
    Map<String, Activations> all = new HashMap<>();
    try (Progress.Work work = progress.begin("Calibrating", texts.size());
        GraphSession session = GraphSession.open(open)) {
      long bytes = values.stream().mapToLong(value -> Float.BYTES * width(session, value)).sum();
      long count = texts.stream().mapToLong(Encoding::length).sum();
      int every = (int) (count * bytes / MOST_BYTES) + 1;
      int seen = 0;
      for (Encoding text : texts) {
        int first = seen;
        session
            .run(TokenBatch.of(text), values)
            .forEach(
                (name, tensor) ->
                    all.computeIfAbsent(name, one -> new Activations(width(tensor)))
                        .add(tensor.toFloats(), first, every));
        seen += text.length();
        work.step();
      }
    }
    return all;
  }

  private static long width(GraphSession session, String value) {
    long[] shape = session.shape(value);
    return shape[shape.length - 1];
  }

  private static int width(Tensor tensor) {
    return tensor.size(tensor.rank() - 1);
  }

  /**
   * @param first number of the first token among those of all texts
   * @param every one of so many is kept
   */
  private void add(float[] values, int first, int every) {
    int width = channels();
    for (int i = 0; i < values.length / width; i++) {
      widen(values, i * width);
      if ((first + i) % every == 0) {
        tokens.add(Arrays.copyOfRange(values, i * width, (i + 1) * width));
      }
    }
  }

  private void widen(float[] values, int from) {
    for (int channel = 0; channel < channels(); channel++) {
      least[channel] = Math.min(least[channel], values[from + channel]);
      greatest[channel] = Math.max(greatest[channel], values[from + channel]);
    }
  }

  int channels() {
    return least.length;
  }

  /** Tokens, each with a number for each channel. */
  List<float[]> tokens() {
    return tokens;
  }

  /** The greatest distance of a channel's numbers from zero. */
  float reach(int channel) {
    return Math.max(-least[channel], greatest[channel]);
  }

  /** The steps of 8 bits for all channels together, after each was divided by a number. */
  Steps steps(float[] divisors) {
    float low = 0;
    float high = 0;
    for (int channel = 0; channel < divisors.length; channel++) {
      low = Math.min(low, least[channel] / divisors[channel]);
      high = Math.max(high, greatest[channel] / divisors[channel]);
    }
    return Steps.between(low, high);
  }
}
