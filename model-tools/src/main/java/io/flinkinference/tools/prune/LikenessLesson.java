package io.flinkinference.tools.prune;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.descent.Lesson;
import io.flinkinference.tools.graph.ElementType;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.graph.Tensor;
import io.flinkinference.tools.session.GraphSession;
import io.flinkinference.tools.session.Observation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Texts, with what another graph says of them: the loss is half the squared distance of each
 * matched value from the other's, where a value counts by its own size.
 */
final class LikenessLesson implements Lesson {

  /** Share of each token, and of each text, in the batch. */
  private static final String TOKEN_SHARES = "token_shares";

  private static final String TEXT_SHARES = "text_shares";
  private static final String WANTED = "wanted";

  /** Texts on which it is seen how large values are. */
  private static final int SAMPLE = 16;

  private final List<Encoding> texts;
  private final GraphSession original;
  private final Map<String, String> matches;
  private final Supplier<OptionalDouble> error;
  private final Map<String, String> inputs = new LinkedHashMap<>();
  private final Set<String> shares = new HashSet<>();

  /**
   * @param matches values of the graph that learns, with those of the original that they should be
   *     like
   */
  LikenessLesson(
      List<Encoding> texts,
      GraphSession original,
      Map<String, String> matches,
      Supplier<OptionalDouble> error) {
    this.texts = texts;
    this.original = original;
    this.matches = matches;
    this.error = error;
  }

  /** Adds the gradients of the loss to a graph; names by the values that they are gradients of. */
  Map<String, String> seeds(Graph graph, Observation observation) {
    Map<String, Double> squares = squares();
    Map<String, String> seeds = new LinkedHashMap<>();
    for (Map.Entry<String, String> match : matches.entrySet()) {
      String value = match.getKey();
      long[] shape = observation.shape(value).orElseThrow();
      boolean tokens = shape.length == 3;
      String share = tokens ? TOKEN_SHARES : TEXT_SHARES;
      if (shares.add(share)) {
        graph.addInput(
            share, ElementType.FLOAT, tokens ? new long[] {-1, -1, 1} : new long[] {-1, 1});
      }
      String wanted = graph.freshName(WANTED);
      long[] open = shape.clone();
      open[0] = -1;
      open[1] = tokens ? -1 : open[1];
      graph.addInput(wanted, ElementType.FLOAT, open);
      inputs.put(wanted, match.getValue());
      String factor =
          graph.addConstant(
              WANTED, Tensor.scalar((float) (1 / Math.max(1e-12, squares.get(match.getValue())))));
      String away = add(graph, "Sub", value, wanted);
      seeds.put(value, add(graph, "Mul", add(graph, "Mul", away, share), factor));
    }
    return seeds;
  }

  private static String add(Graph graph, String operator, String left, String right) {
    return graph.add(Node.of(operator, List.of(left, right), graph.freshName("likeness"))).output();
  }

  /** Mean squared number of each value of the original. */
  private Map<String, Double> squares() {
    Map<String, Double> sums = new HashMap<>();
    List<Encoding> some = texts.subList(0, Math.min(SAMPLE, texts.size()));
    Set<String> values = new HashSet<>(matches.values());
    for (Encoding text : some) {
      original
          .run(TokenBatch.of(text), values)
          .forEach((name, value) -> sums.merge(name, square(value) / some.size(), Double::sum));
    }
    return sums;
  }

  private static double square(Tensor value) {
    double sum = 0;
    for (float number : value.toFloats()) {
      sum += (double) number * number;
    }
    return sum / value.count();
  }

  /** Names of the inputs that were added. */
  Set<String> inputs() {
    Set<String> all = new HashSet<>(inputs.keySet());
    all.addAll(shares);
    return all;
  }

  @Override
  public List<Encoding> texts() {
    return texts;
  }

  @Override
  public Map<String, Tensor> others(List<Integer> rows, List<Integer> batch) {
    List<Encoding> part = new ArrayList<>();
    rows.forEach(row -> part.add(texts.get(row)));
    TokenBatch tokens = TokenBatch.of(part);
    Map<String, Tensor> said = original.run(tokens, new HashSet<>(inputs.values()));
    Map<String, Tensor> others = new HashMap<>();
    inputs.forEach((input, value) -> others.put(input, said.get(value)));
    if (shares.contains(TEXT_SHARES)) {
      float[] texts = new float[part.size()];
      Arrays.fill(texts, 1f / batch.size());
      others.put(TEXT_SHARES, Tensor.floats(texts, part.size(), 1));
    }
    if (shares.contains(TOKEN_SHARES)) {
      others.put(TOKEN_SHARES, tokenShares(tokens, batch.size()));
    }
    return others;
  }

  /** Half for the first token, which some poolings take, and half for all. */
  private static Tensor tokenShares(TokenBatch tokens, int batch) {
    float[] shares = new float[tokens.rows() * tokens.width()];
    for (int row = 0; row < tokens.rows(); row++) {
      int length = tokens.row(row).length();
      for (int i = 0; i < length; i++) {
        shares[row * tokens.width() + i] = 0.5f / batch / length;
      }
      shares[row * tokens.width()] += 0.5f / batch;
    }
    return Tensor.floats(shares, tokens.rows(), tokens.width(), 1);
  }

  @Override
  public OptionalDouble error() {
    return error.get();
  }
}
