package io.flinkinference.testing;

import io.flinkinference.batch.BatchingPolicy;
import io.flinkinference.batch.Neighbours;
import io.flinkinference.batch.WaitingLengths;

/** Forms a batch of all that waits, whatever the token budget, so that a test knows its rows. */
public final class TakeAll implements BatchingPolicy {

  @Override
  public Neighbours choose(WaitingLengths waiting, int tokenBudget) {
    int longest = waiting.shorter(Integer.MAX_VALUE);
    int rows = 0;
    for (int length = longest; length != WaitingLengths.NONE; length = waiting.shorter(length)) {
      rows += waiting.count(length);
    }
    return new Neighbours(longest, waiting.count(longest), rows);
  }
}
