package io.flinkinference.connectors.replay;

/** Says why a replay ended before its time, and what to do. */
public final class ReplayException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ReplayException(String message) {
    super(message);
  }

  ReplayException(String message, Throwable cause) {
    super(message, cause);
  }
}
