package io.flinkinference.tools.descent;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Orders rows for one pass over them: shuffled, but so that rows of like length share a batch, for
 * padding is work that teaches nothing.
 */
final class LengthBatches {

  /** Batches from which neighbours by length are taken. */
  private static final int POOL = 32;

  private LengthBatches() {}

  /**
   * Batches of row numbers.
   *
   * @param length of each row, in tokens
   */
  static List<List<Integer>> of(int rows, IntUnaryOperator length, int size, Random random) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, rows).boxed().toList());
    Collections.shuffle(order, random);
    List<List<Integer>> batches = new ArrayList<>();
    int most = Math.min(size, Math.max(1, rows));
    int pool = (int) Math.min((long) most * POOL, Math.max(1, rows));
    for (int from = 0; from < rows; from += pool) {
      List<Integer> some = order.subList(from, Math.min(rows, from + pool));
      some.sort(Comparator.comparingInt(length::applyAsInt));
      for (int i = 0; i < some.size(); i += most) {
        batches.add(List.copyOf(some.subList(i, Math.min(some.size(), i + most))));
      }
    }
    Collections.shuffle(batches, random);
    return batches;
  }

  /**
   * Divides a batch, so that there is one part for each thread and none is too large for memory.
   *
   * @param most padded tokens of a part
   */
  static List<List<Integer>> parts(
      List<Integer> batch, IntUnaryOperator length, int threads, int most) {
    List<Integer> sorted = new ArrayList<>(batch);
    sorted.sort(Comparator.comparingInt(length::applyAsInt));
    int longest = Math.max(1, length.applyAsInt(sorted.get(sorted.size() - 1)));
    int rows = Math.max(1, most / longest);
    int count = Math.max(threads, (sorted.size() + rows - 1) / rows);
    count = Math.min(count, sorted.size());
    List<List<Integer>> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int from = (int) ((long) sorted.size() * i / count);
      int to = (int) ((long) sorted.size() * (i + 1) / count);
      parts.add(List.copyOf(sorted.subList(from, to)));
    }
    return parts;
  }
}
