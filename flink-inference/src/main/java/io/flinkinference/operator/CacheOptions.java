package io.flinkinference.operator;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

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
      throw new IllegalArgumentException(
          "inference.cache.max-results is at least 0, not " + maxResults + ".");
    }
    if (maxAge.isNegative() || maxAge.isZero()) {
      throw new IllegalArgumentException(
          "inference.cache.max-age is longer than nothing, not " + maxAge + ".");
    }
  }

  /**
   * A cache of results, where any are to be kept; by {@link io.flinkinference.text.Encoding}, or by
   * the list of them.
   */
  public <R> Optional<Cache<Object, R>> open(Ticker ticker) {
    if (maxResults == 0) {
      return Optional.empty();
    }
    return Optional.of(
        Caffeine.newBuilder()
            .maximumSize(maxResults)
            .expireAfterWrite(maxAge)
            .ticker(ticker)
            // On the caller's thread: no pool of the JVM keeps a job's classes.
            .executor(Runnable::run)
            .build());
  }
}
