package io.flinkinference.benchmarks.pipeline;

import io.flinkinference.benchmarks.bare.Tokenized;
import io.flinkinference.benchmarks.pipeline.Committed.Result;
import java.util.List;

/**
 * What a job did between the first tenth of the results and the last.
 *
 * @param fromMillis when it began, by the wall clock
 * @param toMillis when it ended
 * @param tokens of the texts whose results were written in between
 * @param records as many texts as have that many tokens in the mean: rare lengths come last, and
 *     results alone would count for more than they are
 */
record Middle(long fromMillis, long toMillis, long tokens, int records) {

  /**
   * The middle of some results.
   *
   * @param results of all texts, in the order in which they were written
   */
  static Middle of(List<Result> results, Tokenized texts) {
    int from = results.size() / 10;
    int to = results.size() - 1 - from;
    long tokens =
        results.subList(from + 1, to + 1).stream()
            .mapToLong(result -> texts.encodings().get(result.text()).length())
            .sum();
    return new Middle(
        results.get(from).scoredAt(),
        results.get(to).scoredAt(),
        tokens,
        (int) Math.max(1, Math.round(tokens / texts.meanTokens())));
  }

  /** How long it took; a millisecond at least. */
  long millis() {
    return Math.max(1, toMillis - fromMillis);
  }
}
