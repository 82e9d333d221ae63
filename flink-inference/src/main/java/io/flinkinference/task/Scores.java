package io.flinkinference.task;

import io.flinkinference.result.Classification;
import io.flinkinference.result.LabelScore;
import java.util.Arrays;
import java.util.List;

/** From raw values to scores, and from scores to a ranking. */
final class Scores {

  /** Of so many the place of each is looked for one by one; more are sorted. */
  private static final int FEW = 64;

  private Scores() {}

  /**
   * {@code exp(x_i / t) / sum_j exp(x_j / t)}, in place. The largest value is subtracted first,
   * which changes nothing but that exp cannot overflow.
   *
   * @param temperature t, above 0
   */
  static void softmax(float[] values, double temperature) {
    double largest = Double.NEGATIVE_INFINITY;
    for (float value : values) {
      largest = Math.max(largest, value);
    }
    double[] parts = new double[values.length];
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      parts[i] = Math.exp((values[i] - largest) / temperature);
      sum += parts[i];
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (parts[i] / sum);
    }
  }

  /** {@code 1 / (1 + exp(-x_i))}, in place. For large negative values exp is infinite: 0. */
  static void sigmoid(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (1 / (1 + Math.exp(-(double) values[i])));
    }
  }

  /**
   * The best labels, best first; of equal scores the label that comes first.
   *
   * @param most number of labels wanted; all, where there are fewer
   */
  static Classification rank(List<String> labels, float[] scores, int most) {
    int[] best = best(scores, Math.min(most, scores.length));
    LabelScore[] ranked = new LabelScore[best.length];
    for (int i = 0; i < best.length; i++) {
      ranked[i] = new LabelScore(labels.get(best[i]), scores[best[i]]);
    }
    return new Classification(Arrays.asList(ranked));
  }

  /**
   * The best labels, without those of a score below the threshold.
   *
   * @param most number of labels wanted; all, where there are fewer
   */
  static Classification rank(List<String> labels, float[] scores, int most, double threshold) {
    int reaching = 0;
    for (float score : scores) {
      reaching += score >= threshold ? 1 : 0;
    }
    // They come first in the ranking.
    return reaching == 0 ? Classification.EMPTY : rank(labels, scores, Math.min(most, reaching));
  }

  /** Sorts into a list of the best so far, which most scores do not enter where few are wanted. */
  private static int[] best(float[] scores, int count) {
    if (count > FEW) {
      return sorted(scores, count);
    }
    int[] best = new int[count];
    int size = 0;
    for (int i = 0; i < scores.length; i++) {
      if (size == count && scores[i] <= scores[best[count - 1]]) {
        continue;
      }
      int place = size < count ? size++ : count - 1;
      while (place > 0 && scores[i] > scores[best[place - 1]]) {
        best[place] = best[place - 1];
        place--;
      }
      best[place] = i;
    }
    return best;
  }

  /** Sorts numbers of which the upper half falls with the score, and the lower is the place. */
  private static int[] sorted(float[] scores, int count) {
    long[] keys = new long[scores.length];
    for (int i = 0; i < keys.length; i++) {
      int bits = Float.floatToIntBits(scores[i] + 0f); // Zeros of both signs are equal.
      int rising = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
      keys[i] = ((long) ~rising << 32) | i;
    }
    Arrays.sort(keys);
    int[] best = new int[count];
    for (int i = 0; i < count; i++) {
      best[i] = (int) keys[i];
    }
    return best;
  }
}
