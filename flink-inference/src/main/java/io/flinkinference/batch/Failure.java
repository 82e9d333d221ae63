package io.flinkinference.batch;

import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.StackDigest;
import io.flinkinference.result.UnscorableException;

/**
 * Why a record has no result.
 *
 * @param reason class of the reason
 * @param message the reason in words
 * @param attempts engine runs that the record took part in
 * @param stackDigest {@link StackDigest} of the exception behind it, or null where there was none
 */
public record Failure(DeadLetterReason reason, String message, int attempts, String stackDigest) {

  /** One without an exception behind it. */
  public Failure(DeadLetterReason reason, String message, int attempts) {
    this(reason, message, attempts, null);
  }

  /** What an exception says of a record. */
  public static Failure of(UnscorableException refusal, int attempts) {
    return new Failure(refusal.reason(), refusal.getMessage(), attempts, refusal.stackDigest());
  }
}
