package io.flinkinference.table;

import java.io.Serializable;
import java.util.Optional;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.config.ExecutionConfigOptions;
import org.apache.flink.table.api.config.MLPredictRuntimeConfigOptions;

/**
 * How many texts of a subtask Flink's asynchronous operator lets wait at once, and so the most that
 * batches can be chosen from.
 *
 * @param records most texts in flight
 */
record AsyncCapacity(int records) implements Serializable {

  private static final long serialVersionUID = 1L;

  /** From fewer, rows of like length are seldom found, and large batches never. */
  static final int LEAST = 256;

  /** What suits: as many as the operator of the DataStream API takes. */
  private static final int GOOD = 1_024;

  /** What Flink will take: the setting of the call, else that of the session. */
  static AsyncCapacity of(ReadableConfig call, ReadableConfig session) {
    return new AsyncCapacity(
        call.getOptional(MLPredictRuntimeConfigOptions.ASYNC_MAX_CONCURRENT_OPERATIONS)
            .orElseGet(
                () ->
                    session.get(
                        ExecutionConfigOptions
                            .TABLE_EXEC_ASYNC_ML_PREDICT_MAX_CONCURRENT_OPERATIONS)));
  }

  /** What to say where it is too small. */
  Optional<String> warning() {
    if (records >= LEAST) {
      return Optional.empty();
    }
    return Optional.of(
        "Only "
            + records
            + " texts of a subtask may wait for the model at once, so its batches stay small. Set '"
            + MLPredictRuntimeConfigOptions.ASYNC_MAX_CONCURRENT_OPERATIONS.key()
            + "' to '"
            + GOOD
            + "' in the CONFIG of ML_PREDICT, or "
            + ExecutionConfigOptions.TABLE_EXEC_ASYNC_ML_PREDICT_MAX_CONCURRENT_OPERATIONS.key()
            + ", which is for all models of the session.");
  }
}
