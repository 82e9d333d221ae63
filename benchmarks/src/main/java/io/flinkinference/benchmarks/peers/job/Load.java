package io.flinkinference.benchmarks.peers.job;

import io.flinkinference.benchmarks.bare.Tokenized;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The texts of one run, and when they arrive. Each subtask of the source first gets some to warm
 * up, which do not count; the clock starts when all of these have come out.
 *
 * <p>Subtasks have equal shares: their numbers are those of a share behind each other. Immutable.
 */
public final class Load {

  private final Tokenized texts;
  private final int subtasks;
  private final int warmUp;
  private final long[] arrivals;

  private Load(Tokenized texts, int subtasks, int warmUp, long[] arrivals) {
    if (subtasks < 1 || warmUp < 1 || arrivals.length < 1) {
      throw new IllegalArgumentException(
          "A load has at least one subtask, and for each a text to warm up and one to measure, not "
              + List.of(subtasks, warmUp, arrivals.length)
              + ".");
    }
    this.texts = texts;
    this.subtasks = subtasks;
    this.warmUp = warmUp;
    this.arrivals = arrivals;
  }

  /**
   * All texts are there from the start, so that throughput is measured.
   *
   * @param subtasks parallelism of the job; where it does not divide the number of texts, a few at
   *     the end are left out
   * @param warmUp texts for each subtask to warm up
   */
  public static Load allAtOnce(Tokenized texts, int subtasks, int warmUp) {
    return new Load(texts, subtasks, warmUp, new long[texts.encodings().size() / subtasks]);
  }

  /**
   * Texts arrive at times that are set beforehand, however slow the job is; one subtask. The texts
   * begin again where there are more arrivals.
   *
   * @param warmUp texts to warm up
   * @param arrivalNanos after the start, ascending
   */
  public static Load arriving(Tokenized texts, int warmUp, long... arrivalNanos) {
    return new Load(texts, 1, warmUp, arrivalNanos.clone());
  }

  /** Parallelism of the job. */
  public int subtasks() {
    return subtasks;
  }

  /** Texts that are measured. */
  public int measured() {
    return subtasks * arrivals.length;
  }

  /** Tokens of the texts that are measured. */
  long tokens() {
    return IntStream.range(0, measured()).mapToLong(this::tokens).sum();
  }

  /** Tokens of the texts of a subtask that are measured. */
  long tokensOf(int subtask) {
    return IntStream.iterate(subtask, index -> index < measured(), index -> index + subtasks)
        .mapToLong(this::tokens)
        .sum();
  }

  /** Tokens of the text at a place among those that are measured. */
  int tokens(int index) {
    return texts.encodings().get(index % texts.encodings().size()).length();
  }

  /** Texts to warm up, of all subtasks. */
  int warmUps() {
    return subtasks * warmUp;
  }

  /** All texts of a subtask. */
  int share() {
    return warmUp + arrivals.length;
  }

  /** Which subtask of the source a number is from. */
  int subtask(long number) {
    return (int) (number / share());
  }

  /** When the text at a place of a share arrives, or -1 where it is not measured. */
  long arrival(int place) {
    return place < warmUp || place >= share() ? -1 : arrivals[place - warmUp];
  }

  /** The place of a number among the measured texts, or -1 where it is one to warm up. */
  int measuredIndex(long number) {
    int place = (int) (number % share());
    int subtask = subtask(number);
    return place < warmUp ? -1 : (place - warmUp) * subtasks + subtask;
  }

  /** The text of a number. */
  String text(long number) {
    List<String> all = texts.workload().texts();
    int index = measuredIndex(number);
    // Those to warm up are taken from the end, or the first would be measured right behind itself.
    return index >= 0
        ? all.get(index % all.size())
        : all.get(all.size() - 1 - (int) (number % share()) % all.size());
  }

  @Override
  public String toString() {
    return "Load[" + measured() + " texts until " + Arrays.stream(arrivals).max().orElse(0) + "ns]";
  }
}
