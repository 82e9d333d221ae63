package io.flinkinference.operator;

import io.flinkinference.result.DeadLetterReason;

/** A record that never reaches the engine. */
final class UnreadableTextException extends Exception {

  private static final long serialVersionUID = 1L;

  private final DeadLetterReason reason;

  UnreadableTextException(DeadLetterReason reason, String message) {
    // Without a stack trace: a topic full of such records must not slow the job down.
    super(message, null, false, false);
    this.reason = reason;
  }

  DeadLetterReason reason() {
    return reason;
  }
}
