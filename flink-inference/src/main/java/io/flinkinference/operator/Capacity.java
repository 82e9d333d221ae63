package io.flinkinference.operator;

import io.flinkinference.batch.LatencyControl;
import java.util.Optional;

/** How much is in flight, and how much may be. Owned by the mailbox thread. */
final class Capacity {

  private final int maxRecords;
  private final int maxTokens;
  private final Optional<LatencyControl> latency;
  private int elements;
  private int tokens;

  Capacity(int maxRecords, int maxTokens, Optional<LatencyControl> latency) {
    this.maxRecords = maxRecords;
    this.maxTokens = maxTokens;
    this.latency = latency;
  }

  /**
   * Whether an element of so many tokens may be added; an empty buffer takes any. Where the window
   * of a latency target has none left, that is told to its control: only such a window grows.
   */
  boolean hasRoom(int moreTokens) {
    if (elements == 0) {
      return true;
    }
    if (elements >= maxRecords || tokens + moreTokens > maxTokens) {
      return false;
    }
    boolean inWindow = latency.isEmpty() || tokens + moreTokens <= latency.get().tokensInFlight();
    if (!inWindow) {
      latency.get().windowWasFull();
    }
    return inWindow;
  }

  void add(InFlight element) {
    elements++;
    tokens += element.tokens();
  }

  void remove(InFlight element) {
    elements--;
    tokens -= element.tokens();
  }

  int elements() {
    return elements;
  }

  int tokens() {
    return tokens;
  }
}
