package io.flinkinference.task;

import io.flinkinference.batch.Failure;
import io.flinkinference.engine.EngineException;
import io.flinkinference.result.DeadLetterReason;

/**
 * Tells an engine that works for no record from records that it cannot digest. Owned by one thread.
 */
public final class FailureWatch {

  private final int limit;
  private int inARow;

  /**
   * @param limit failures in a row, each of a record alone, that are one too many; at least 1
   */
  public FailureWatch(int limit) {
    this.limit = limit;
  }

  /**
   * Looks at what became of a record.
   *
   * @param failure null where it has a result
   * @throws EngineException if the engine has failed too often in a row
   */
  public void observe(Failure failure) {
    if (failure == null) {
      inARow = 0;
    } else if (isOfTheEngine(failure.reason()) && ++inARow >= limit) {
      throw new EngineException(
          "The engine failed, or gave no number, on "
              + inARow
              + " records in a row, so the model or the device is at fault and not the records."
              + " The last failure: "
              + failure.message());
    }
  }

  private static boolean isOfTheEngine(DeadLetterReason reason) {
    return switch (reason) {
      case ENGINE_FAILURE, ENGINE_TIMEOUT, ENGINE_OUT_OF_MEMORY, INVALID_OUTPUT -> true;
      default -> false;
    };
  }
}
