package io.flinkinference.result;

/**
 * Something that all records need does not answer, such as a schema registry. Thrown by a text
 * extractor it fails the job, which then restarts as it is set up to: no record is at fault, and
 * none becomes a dead letter for it.
 */
public final class UnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message what does not answer, and what to look at
   */
  public UnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
