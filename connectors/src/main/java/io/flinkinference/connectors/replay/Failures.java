package io.flinkinference.connectors.replay;

import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;

/** Puts into words why a replay has failed, and what to do. */
final class Failures {

  private Failures() {}

  /**
   * Explains a failure.
   *
   * @param written records that were written before it
   */
  static ReplayException explain(RuntimeException failure, ReplaySettings settings, long written) {
    String before =
        written == 0
            ? " Nothing was written."
            : " " + written + " records were written before; the same replay goes on behind them.";
    return new ReplayException(reason(failure, settings) + before, failure);
  }

  private static String reason(Throwable failure, ReplaySettings settings) {
    if (hasCause(failure, ProducerFencedException.class)
        || hasCause(failure, InvalidProducerEpochException.class)) {
      return "Another replay of the group '"
          + settings.group()
          + "' has begun, and this one ends. Let one run at a time.";
    }
    if (hasCause(failure, OffsetOutOfRangeException.class)) {
      return "Letters of '"
          + settings.from()
          + "' were deleted before they were read. Raise the topic's retention, and run it again.";
    }
    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    return message.endsWith(".") ? message : message + ".";
  }

  private static boolean hasCause(Throwable failure, Class<? extends Throwable> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }
}
