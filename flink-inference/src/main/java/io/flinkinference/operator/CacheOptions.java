package io.flinkinference.operator;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * Which results are kept for texts that come again.
 *
 * @param maxResults most results that a subtask keeps; 0 for none
 * @param maxAge how long a result is kept, above 0
 */
public record CacheOptions(int maxResults, Duration maxAge) implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Nothing is kept. */
  public static final CacheOptions NONE = new CacheOptions(0, Duration.ofDays(1));

  public CacheOptions {
    Objects.requireNonNull(maxAge, "maxAge");
    if (maxResults < 0) {
      throw new IllegalArgumentException("maxResults is at least 0, not " + maxResults + ".");
    }
    if (maxAge.isNegative() || maxAge.isZero()) {
      throw new IllegalArgumentException("maxAge is longer than nothing, not " + maxAge + ".");
    }
  }
}
