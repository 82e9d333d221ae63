package io.flinkinference.operator;

import java.io.Serializable;

/**
 * How the operator buffers and batches.
 *
 * @param ordered whether results leave in the order of arrival
 * @param maxRecords most records in flight, per subtask
 * @param maxTokens most tokens in flight, per subtask; a single longer record is still accepted
 * @param tokenBudget most padded tokens in a batch of more than one row
 * @param rejectBlank whether a blank text becomes a dead letter; otherwise it is scored as it is
 * @param maxConsecutiveFailures records that the engine may fail on in a row before the job fails
 */
public record OperatorOptions(
    boolean ordered,
    int maxRecords,
    int maxTokens,
    int tokenBudget,
    boolean rejectBlank,
    int maxConsecutiveFailures)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  public OperatorOptions {
    requirePositive(maxRecords, "maxRecords");
    requirePositive(maxTokens, "maxTokens");
    requirePositive(tokenBudget, "tokenBudget");
    requirePositive(maxConsecutiveFailures, "maxConsecutiveFailures");
  }

  private static void requirePositive(int value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is at least 1, not " + value + ".");
    }
  }
}
