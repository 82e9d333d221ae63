package io.flinkinference.tools.data;

/** A file of labelled texts that cannot be used. The message says why and what to do. */
public final class DataException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public DataException(String message) {
    super(message);
  }

  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
