package io.flinkinference.result;

/**
 * A record that could not be scored.
 *
 * @param input the record as it came in
 * @param reason class of the reason
 * @param message the reason in words
 * @param attempts engine runs that the record took part in; 0 where it never reached the engine
 * @param stamp the model that should have scored it
 * @param stackDigest {@link StackDigest} of the exception that made it, or null where there was
 *     none
 * @param <IN> type of the record
 */
public record DeadLetter<IN>(
    IN input,
    DeadLetterReason reason,
    String message,
    int attempts,
    ModelStamp stamp,
    String stackDigest) {

  /** One that no exception made. */
  public DeadLetter(
      IN input, DeadLetterReason reason, String message, int attempts, ModelStamp stamp) {
    this(input, reason, message, attempts, stamp, null);
  }
}
