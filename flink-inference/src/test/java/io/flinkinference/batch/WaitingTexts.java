package io.flinkinference.batch;

import io.flinkinference.text.Encoding;
import java.util.List;

/** Texts of given lengths that wait, and what a policy chooses of them. */
final class WaitingTexts {

  private WaitingTexts() {}

  /**
   * @param lengths in the order of arrival
   * @return positions in ascending order
   */
  static int[] choose(BatchingPolicy policy, int tokenBudget, int... lengths) {
    WaitingRecords<Text> waiting = new WaitingRecords<>();
    for (int i = 0; i < lengths.length; i++) {
      waiting.add(new Text(i, lengths[i]));
    }
    List<Text> chosen = waiting.take(policy.choose(waiting, tokenBudget));
    return chosen.stream().mapToInt(Text::number).sorted().toArray();
  }

  /** A text that waits. */
  record Text(int number, Encoding encoding, long acceptedNanos) implements Entry<String> {

    /** Accepted at 0. */
    Text(int number, int length) {
      this(number, length, 0);
    }

    Text(int number, int length, long acceptedNanos) {
      this(number, Encoding.of(new int[length]), acceptedNanos);
    }

    @Override
    public void startAttempt() {}

    @Override
    public int attempts() {
      return 0;
    }

    @Override
    public void complete(String result) {}

    @Override
    public void fail(Failure failure) {}
  }
}
