package io.flinkinference.tools.parity;

/** Models that cannot be compared, or are too far from each other. The message says what to do. */
public final class ParityException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ParityException(String message) {
    super(message);
  }
}
