package io.flinkinference.operator;

import io.flinkinference.task.BatchOptions;
import io.flinkinference.task.TextPolicy;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * How the operator buffers and batches.
 *
 * @param ordered whether results leave in the order of arrival
 * @param maxRecords most records in flight, per subtask
 * @param maxTokens most tokens in flight, per subtask; a single longer record is still accepted
 * @param batching how large batches are
 * @param texts what becomes of blank and of long texts
 * @param maxConsecutiveFailures records that the engine may fail on in a row before the job fails
 * @param openLimit how long a subtask may take to open its model before it fails
 * @param cache which results are kept for texts that come again
 */
public record OperatorOptions(
    boolean ordered,
    int maxRecords,
    int maxTokens,
    BatchOptions batching,
    TextPolicy texts,
    int maxConsecutiveFailures,
    Duration openLimit,
    CacheOptions cache)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  public OperatorOptions {
    requirePositive(maxRecords, "inference.in-flight.max-records");
    requirePositive(maxTokens, "inference.in-flight.max-tokens");
    requirePositive(maxConsecutiveFailures, "inference.engine.max-consecutive-failures");
    Objects.requireNonNull(openLimit, "openLimit");
    Objects.requireNonNull(batching, "batching");
    Objects.requireNonNull(texts, "texts");
    Objects.requireNonNull(cache, "cache");
  }

  private static void requirePositive(int value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is at least 1, not " + value + ".");
    }
  }
}
