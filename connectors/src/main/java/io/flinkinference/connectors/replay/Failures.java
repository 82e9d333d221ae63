package io.flinkinference.connectors.replay;

import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;

/** Puts into words why a replay has failed, and what to do. */
final class Failures {

  private Failures() {}

  /** Explains why a dry run has failed. */
  static ReplayException explain(RuntimeException failure, ReplaySettings settings) {
    return new ReplayException(reason(failure, settings), failure);
  }

  /**
   * Explains why a replay has failed.
   *
   * @param written records whose transactions were committed before; where Kafka did not answer,
   *     there may be one more
   */
  static ReplayException explain(RuntimeException failure, ReplaySettings settings, long written) {
    return new ReplayException(
        "%s Known to be written before: %d records. The same replay goes on behind what is written."
            .formatted(reason(failure, settings), written),
        failure);
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
    if (hasCause(failure, TimeoutException.class)) {
      return "Kafka at "
          + settings.clients().bootstrapServers()
          + " does not answer in time. See that it is up and can be reached from here, and run it"
          + " again.";
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
