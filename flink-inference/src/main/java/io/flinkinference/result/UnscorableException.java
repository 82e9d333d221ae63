package io.flinkinference.result;

import java.util.Objects;

/**
 * Says that one record cannot be scored, and why. Thrown by text extractors and decoders; the
 * record becomes a {@link DeadLetter}, the job goes on.
 */
public final class UnscorableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final DeadLetterReason reason;
  private final String stackDigest;

  public UnscorableException(DeadLetterReason reason, String message) {
    this(reason, message, null);
  }

  /**
   * @param stackDigest {@link StackDigest} of the exception behind it, or null where there is none
   */
  public UnscorableException(DeadLetterReason reason, String message, String stackDigest) {
    // Without a stack trace: a topic full of such records must not slow the job down.
    super(message, null, false, false);
    this.reason = Objects.requireNonNull(reason, "reason");
    this.stackDigest = stackDigest;
  }

  /** Class of the reason. */
  public DeadLetterReason reason() {
    return reason;
  }

  /** {@link StackDigest} of the exception behind it, or null where there is none. */
  public String stackDigest() {
    return stackDigest;
  }
}
