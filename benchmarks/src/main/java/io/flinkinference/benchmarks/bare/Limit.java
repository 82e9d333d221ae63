package io.flinkinference.benchmarks.bare;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.benchmarks.measure.Contender;
import io.flinkinference.benchmarks.measure.Median;
import io.flinkinference.benchmarks.measure.Sample;
import io.flinkinference.model.Model;
import io.flinkinference.text.Encoding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The most that the engine does with given texts on all cores: they are tokenized and sorted
 * beforehand, and run in the best shape that a search finds.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
public final class Limit implements Contender, AutoCloseable {

  /** As the tables call it. */
  public static final String NAME = "bare engine";

  private static final List<Integer> BUDGETS = List.of(64, 128, 256, 512, 1024, 2048, 4096);

  /** The search runs a part of the texts, of all lengths alike. */
  private static final int SEARCHED_TEXTS = 1_000;

  private static final int SEARCHED_TEXTS_QUICK = 100;
  private static final int TRIES = 3;

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
    int cores = Runtime.getRuntime().availableProcessors();
    List<Encoding> part = part(encodings, quick ? SEARCHED_TEXTS_QUICK : SEARCHED_TEXTS);
    List<Trial> trials = new ArrayList<>(tryAll(model, cores, 1, part, quick));
    if (cores > 1) {
      trials.addAll(tryAll(model, 1, cores, part, quick));
    }
    Trial best =
        trials.stream().max(Comparator.comparingDouble(Trial::tokensPerSecond)).orElseThrow();
    progress.accept("  best shape of the bare engine: " + best.shape());
    Shape shape = best.shape();
    BareEngine engine = new BareEngine(model, shape.callers(), shape.intraOpThreads());
    Limit limit = new Limit(engine, shape, trials, encodings);
    engine.run(SortedBatches.of(part, shape.tokenBudget()));
    return limit;
  }

  private static List<Trial> tryAll(
      Model model, int callers, int intraOpThreads, List<Encoding> texts, boolean quick)
      throws InterruptedException, ExecutionException {
    List<List<Sample>> samples =
        BUDGETS.stream().<List<Sample>>map(b -> new ArrayList<>()).toList();
    try (BareEngine engine = new BareEngine(model, callers, intraOpThreads)) {
      engine.run(SortedBatches.of(texts, BUDGETS.get(BUDGETS.size() - 1)));
      for (int i = 0; i < (quick ? 1 : TRIES); i++) {
        for (int b = 0; b < BUDGETS.size(); b++) {
          samples.get(b).add(engine.run(SortedBatches.of(texts, BUDGETS.get(b))));
        }
      }
    }
    return IntStream.range(0, BUDGETS.size())
        .mapToObj(
            b ->
                new Trial(
                    new Shape(BUDGETS.get(b), callers, intraOpThreads),
                    Median.of(samples.get(b), Sample::tokensPerSecond)))
        .toList();
  }

  /** Texts from the whole range of lengths. */
  private static List<Encoding> part(List<Encoding> encodings, int count) {
    List<Encoding> sorted = new ArrayList<>(encodings);
    sorted.sort(Comparator.comparingInt(Encoding::length));
    int step = Math.max(1, sorted.size() / count);
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
