package io.flinkinference.benchmarks.bare;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.benchmarks.measure.Contender;
import io.flinkinference.benchmarks.measure.Median;
import io.flinkinference.benchmarks.measure.Sample;
import io.flinkinference.model.Model;
import io.flinkinference.text.Encoding;
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
 * sorted beforehand, and run in the best shape that a search finds with a part of them.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
public final class Limit implements Contender, AutoCloseable {

  /** As the tables call it. */
  public static final String NAME = "bare engine";

  private static final List<Integer> BUDGETS = List.of(64, 128, 256, 512, 1024, 2048, 4096);
  private static final List<Integer> BUDGETS_QUICK = List.of(128, 512);

  /** The search runs a part of the texts, of all lengths alike, with about so many tokens. */
  private static final int SEARCHED_TOKENS = 16_000;

  private static final int SEARCHED_TOKENS_QUICK = 3_000;
  private static final int TRIES = 3;

  /** What does less than this share of the best at first is not tried again. */
  private static final double PROMISING = 0.85;

  private final BareEngine engine;
  private final Shape shape;
  private final List<Trial> trials;
  private final List<TokenBatch> batches;

  private Limit(BareEngine engine, Shape shape, List<Trial> trials, List<Encoding> encodings) {
    this.engine = engine;
    this.shape = shape;
    this.trials = trials;
    this.batches = SortedBatches.of(encodings, shape.tokenBudget());
  }

  /**
   * Searches the best shape.
   *
   * @param quick whether each shape is tried once, with few texts
   */
  public static Limit search(
      Model model, List<Encoding> encodings, boolean quick, Consumer<String> progress)
      throws InterruptedException, ExecutionException {
    List<Encoding> part = part(encodings, quick ? SEARCHED_TOKENS_QUICK : SEARCHED_TOKENS);
    List<Trial> trials =
        quick ? tryAll(model, part, BUDGETS_QUICK, 1) : tryAll(model, part, BUDGETS, TRIES);
    Trial best =
        trials.stream().max(Comparator.comparingDouble(Trial::tokensPerSecond)).orElseThrow();
    progress.accept("  best shape of the bare engine: " + best.shape());
    Shape shape = best.shape();
    BareEngine engine = new BareEngine(model, shape.callers(), shape.intraOpThreads());
    Limit limit = new Limit(engine, shape, trials, encodings);
    engine.run(SortedBatches.of(part, shape.tokenBudget()));
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

  /** Texts from the whole range of lengths. */
  private static List<Encoding> part(List<Encoding> encodings, int tokens) {
    List<Encoding> sorted = new ArrayList<>(encodings);
    sorted.sort(Comparator.comparingInt(Encoding::length));
    long all = encodings.stream().mapToLong(Encoding::length).sum();
    int step = (int) Math.max(1, all / tokens);
    return IntStream.range(0, sorted.size() / step)
        .mapToObj(i -> sorted.get(i * step + step / 2))
        .toList();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Sample run() throws InterruptedException, ExecutionException {
    return engine.run(batches);
  }

  /** The best shape. */
  public Shape shape() {
    return shape;
  }

  /** All shapes that were tried. */
  List<Trial> trials() {
    return trials;
  }

  List<TokenBatch> batches() {
    return batches;
  }

  BareEngine engine() {
    return engine;
  }

  @Override
  public void close() {
    engine.close();
  }

  /**
   * A shape that was tried.
   *
   * @param tokensPerSecond real tokens
   */
  record Trial(Shape shape, double tokensPerSecond) {}
}
