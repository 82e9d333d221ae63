package io.flinkinference.tools.compare;

/** Models that cannot be compared. The message says why and what to do. */
public final class CompareException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public CompareException(String message) {
    super(message);
  }
}
