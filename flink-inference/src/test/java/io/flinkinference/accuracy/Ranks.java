package io.flinkinference.accuracy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Spearman's correlation: that of Pearson between ranks, equal values sharing their mean rank. */
final class Ranks {

  private Ranks() {}

  static double spearman(double[] a, double[] b) {
    double[] ranksOfA = ranks(a);
    double[] ranksOfB = ranks(b);
    double mean = (a.length + 1) / 2.0;
    double product = 0;
    double squaresOfA = 0;
    double squaresOfB = 0;
    for (int i = 0; i < a.length; i++) {
      product += (ranksOfA[i] - mean) * (ranksOfB[i] - mean);
      squaresOfA += (ranksOfA[i] - mean) * (ranksOfA[i] - mean);
      squaresOfB += (ranksOfB[i] - mean) * (ranksOfB[i] - mean);
    }
    return product / Math.sqrt(squaresOfA * squaresOfB);
  }

  private static double[] ranks(double... values) {
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] ranks = new double[values.length];
    for (int first = 0; first < order.length; ) {
      int end = first;
      while (end < order.length && values[order[end]] == values[order[first]]) {
        end++;
      }
      double shared = (first + 1 + end) / 2.0;
      Arrays.stream(order, first, end).forEach(i -> ranks[i] = shared);
      first = end;
    }
    return ranks;
  }
}
