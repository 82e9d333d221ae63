package io.flinkinference.result;

import java.util.Objects;

/**
 * Says that one record cannot be scored, and why. Thrown by text extractors and decoders; the
 * record becomes a {@link DeadLetter}, the job goes on.
 */
public final class UnscorableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final DeadLetterReason reason;

  public UnscorableException(DeadLetterReason reason, String message) {
    // Without a stack trace: a topic full of such records must not slow the job down.
    super(message, null, false, false);
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  /** Class of the reason. */
  public DeadLetterReason reason() {
    return reason;
  }
}
