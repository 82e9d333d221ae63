package io.flinkinference.tools.optimize;

/** A model that cannot be optimised, or not be written. The message says why and what to do. */
public final class OptimizeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  OptimizeException(String message) {
    super(message);
  }

  OptimizeException(String message, Throwable cause) {
    super(message, cause);
  }
}
