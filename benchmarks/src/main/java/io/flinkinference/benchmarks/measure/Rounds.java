package io.flinkinference.benchmarks.measure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/**
 * Lets sides run in turns, so that what changes on the machine meanwhile meets all of them alike.
 */
public final class Rounds {

  private static final long SEED = 20261104;

  private Rounds() {}

  /**
   * Runs each side once in each round. Each round begins with another side, and the others follow
   * in an order of its own, so that none always runs after the same one; in each run of the
   * benchmark these orders are the same.
   *
   * @param contenders of different names
   * @param rounds at least 1
   * @param progress is told each result
   */
  public static Outcome run(
      List<? extends Contender> contenders, int rounds, Consumer<String> progress)
      throws Exception {
    return run(contenders, rounds, progress, (name, failure) -> false);
  }

  /**
   * The same, where a side that fails may be left out, with all that it did: hours of the others
   * are not to be lost with it.
   *
   * @param leaveOut is asked whether a side that failed is left out; if not, its failure is thrown
   */
  public static Outcome run(
      List<? extends Contender> contenders,
      int rounds,
      Consumer<String> progress,
      BiPredicate<String, Exception> leaveOut)
      throws Exception {
    Map<String, List<Sample>> samples = new LinkedHashMap<>();
    for (Contender contender : contenders) {
      if (samples.put(contender.name(), new ArrayList<>()) != null) {
        throw new IllegalArgumentException("Two sides are called " + contender.name() + ".");
      }
    }
    for (int round = 0; round < rounds; round++) {
      for (Contender contender : order(contenders, round)) {
        String name = contender.name();
        if (!samples.containsKey(name)) {
          continue; // It has failed.
        }
        try {
          Sample sample = contender.run();
          samples.get(name).add(sample);
          progress.accept(
              "  round %d of %d: %s %,.0f records/s"
                  .formatted(round + 1, rounds, name, sample.recordsPerSecond()));
        } catch (InterruptedException e) {
          throw e;
        } catch (Exception e) {
          if (!leaveOut.test(name, e)) {
            throw e;
          }
          samples.remove(name);
        }
      }
    }
    return new Outcome(samples);
  }

  /** Sides in the order of a round: each begins one, and no side always follows the same one. */
  public static <T> List<T> order(List<? extends T> sides, int round) {
    List<T> order = new ArrayList<>(sides);
    Collections.rotate(order, -round);
    Random random = new Random(new SplittableRandom(SEED + round).nextLong());
    Collections.shuffle(order.subList(1, order.size()), random);
    return order;
  }
}
