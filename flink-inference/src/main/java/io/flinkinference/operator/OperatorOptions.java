package io.flinkinference.operator;

import io.flinkinference.task.TextPolicy;
import java.io.Serializable;
import java.util.Objects;

/**
 * How the operator buffers and batches.
 *
 * @param ordered whether results leave in the order of arrival
 * @param maxRecords most records in flight, per subtask
 * @param maxTokens most tokens in flight, per subtask; a single longer record is still accepted
 * @param tokenBudget most padded tokens in a batch of more than one row
 * @param texts what becomes of blank and of long texts
 * @param maxConsecutiveFailures records that the engine may fail on in a row before the job fails
 */
public record OperatorOptions(
    boolean ordered,
    int maxRecords,
    int maxTokens,
    int tokenBudget,
    TextPolicy texts,
    int maxConsecutiveFailures)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  public OperatorOptions {
    requirePositive(maxRecords, "maxRecords");
    requirePositive(maxTokens, "maxTokens");
    requirePositive(tokenBudget, "tokenBudget");
    Objects.requireNonNull(texts, "texts");
    requirePositive(maxConsecutiveFailures, "maxConsecutiveFailures");
  }

  private static void requirePositive(int value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is at least 1, not " + value + ".");
    }
  }
}
