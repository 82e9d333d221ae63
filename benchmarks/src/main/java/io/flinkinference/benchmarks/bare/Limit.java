package io.flinkinference.benchmarks.bare;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.benchmarks.measure.Contender;
import io.flinkinference.benchmarks.measure.Outcome;
import io.flinkinference.benchmarks.measure.Sample;
import io.flinkinference.model.Model;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.measure.Median;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * What the engine does with given texts on all cores where nothing keeps it: they are tokenized and
 * sorted beforehand. A search with a part of them finds the shapes that may be best; it is short,
 * and the machine changes meanwhile, so several run in all rounds, and these decide.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
public final class Limit implements AutoCloseable {

  /** As the tables call it. */
  public static final String NAME = "bare engine";

  private static final List<Integer> BUDGETS = List.of(64, 128, 256, 512, 1024, 2048, 4096);
  private static final List<Integer> BUDGETS_QUICK = List.of(128, 512);

  /** The search runs a part of the texts, of all lengths alike, with about so many tokens. */
  private static final int SEARCHED_TOKENS = 16_000;

  private static final int SEARCHED_TOKENS_QUICK = 3_000;
  private static final int TRIES = 3;

  /**
   * What does less than this share of the best is not tried again: single runs of one shape differ
   * by a quarter on a machine that others use too.
   */
  private static final double PROMISING = 0.75;

  /** So many shapes run in the rounds. */
  private static final int FINALISTS = 3;

  private final Map<Integer, BareEngine> engines = new LinkedHashMap<>();
  private final List<Trial> trials;
  private final List<Finalist> finalists;

  private Limit(Model model, List<Encoding> encodings, List<Trial> trials) {
    this.trials = trials;
    this.finalists =
        trials.stream()
            .sorted(Comparator.comparingDouble(Trial::tokensPerSecond).reversed())
            .limit(FINALISTS)
            .map(Trial::shape)
            .map(
                shape ->
                    new Finalist(
                        shape,
                        engines.computeIfAbsent(
                            shape.callers(),
                            callers -> new BareEngine(model, callers, shape.intraOpThreads())),
                        SortedBatches.of(encodings, shape.tokenBudget())))
            .toList();
  }

  /**
   * Searches the best shapes.
   *
   * @param quick whether each shape is tried once, with few texts
   */
  public static Limit search(
      Model model, List<Encoding> encodings, boolean quick, Consumer<String> progress)
      throws InterruptedException, ExecutionException {
    List<Encoding> part = part(encodings, quick ? SEARCHED_TOKENS_QUICK : SEARCHED_TOKENS);
    List<Trial> trials =
        quick ? tryAll(model, part, BUDGETS_QUICK, 1) : tryAll(model, part, BUDGETS, TRIES);
    Limit limit = new Limit(model, encodings, trials);
    boolean opened = false;
    try {
      for (Finalist finalist : limit.finalists) {
        progress.accept("  one of the best shapes of the bare engine: " + finalist.shape());
        finalist.engine().run(SortedBatches.of(part, finalist.shape().tokenBudget()));
      }
      opened = true;
    } finally {
      if (!opened) {
        limit.close();
      }
    }
    return limit;
  }

  /** Runs of one thread each, as many as there are cores, against one run on all cores. */
  private static List<Trial> tryAll(
      Model model, List<Encoding> texts, List<Integer> budgets, int tries)
      throws InterruptedException, ExecutionException {
    int cores = Runtime.getRuntime().availableProcessors();
    Map<Shape, List<Sample>> samples = new LinkedHashMap<>();
    try (BareEngine many = new BareEngine(model, cores, 1);
        BareEngine one = new BareEngine(model, 1, cores)) {
      List<TokenBatch> largest = SortedBatches.of(texts, budgets.get(budgets.size() - 1));
      many.run(largest); // Memory is laid out before it counts.
      one.run(largest);
      for (int i = 0; i < tries; i++) {
        double promising = PROMISING * best(samples);
        for (Shape shape : shapes(budgets, cores)) {
          List<Sample> known = samples.computeIfAbsent(shape, s -> new ArrayList<>());
          if (i == 0 || tokensPerSecond(known) >= promising) {
            BareEngine engine = shape.callers() == cores ? many : one;
            known.add(engine.run(SortedBatches.of(texts, shape.tokenBudget())));
          }
        }
      }
    }
    return samples.entrySet().stream()
        .map(tried -> new Trial(tried.getKey(), tokensPerSecond(tried.getValue())))
        .toList();
  }

  private static Set<Shape> shapes(List<Integer> budgets, int cores) {
    Set<Shape> shapes = new LinkedHashSet<>(); // On one core both are the same.
    for (int budget : budgets) {
      shapes.add(new Shape(budget, cores, 1));
      shapes.add(new Shape(budget, 1, cores));
    }
    return shapes;
  }

  private static double best(Map<Shape, List<Sample>> samples) {
    return samples.values().stream().mapToDouble(Limit::tokensPerSecond).max().orElse(0);
  }

  private static double tokensPerSecond(List<Sample> samples) {
    return Median.of(samples, Sample::tokensPerSecond);
  }

  /** Texts from the whole range of lengths, at least one. */
  static List<Encoding> part(List<Encoding> encodings, int tokens) {
    List<Encoding> sorted = new ArrayList<>(encodings);
    sorted.sort(Comparator.comparingInt(Encoding::length));
    long all = encodings.stream().mapToLong(Encoding::length).sum();
    int step = (int) Math.max(1, Math.min(all / tokens, sorted.size()));
    return IntStream.range(0, sorted.size() / step)
        .mapToObj(i -> sorted.get(i * step + step / 2))
        .toList();
  }

  /** The best shapes of the search, each a side of the rounds. */
  public List<Contender> contenders() {
    return List.copyOf(finalists);
  }

  /**
   * What the rounds say of the bare engine: the best of some, which where rounds are noisy favours
   * it a little over sides that have no choice.
   *
   * @param outcome of rounds in which all {@link #contenders} ran
   */
  public Best best(Outcome outcome) {
    List<String> names = finalists.stream().map(Finalist::name).toList();
    String fastest = outcome.fastest(names);
    Shape shape = finalists.get(names.indexOf(fastest)).shape();
    return new Best(shape, outcome.withFastest(names, NAME));
  }

  /** All shapes that were tried. */
  List<Trial> trials() {
    return trials;
  }

  /** The best shapes, the best one by the search first. */
  List<Finalist> finalists() {
    return finalists;
  }

  @Override
  public void close() {
    engines.values().forEach(BareEngine::close);
  }

  /**
   * The bare engine in the shape that did most.
   *
   * @param shape by the median of the rounds
   * @param outcome of the rounds, with this shape under {@link #NAME} and without the others
   */
  public record Best(Shape shape, Outcome outcome) {}

  /**
   * A shape that was tried.
   *
   * @param tokensPerSecond real tokens
   */
  record Trial(Shape shape, double tokensPerSecond) {}
}
