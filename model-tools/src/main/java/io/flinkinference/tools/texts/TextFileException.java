package io.flinkinference.tools.texts;

/** A file of texts that cannot be used. The message names the lines at fault and what to do. */
public final class TextFileException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TextFileException(String message) {
    super(message);
  }

  TextFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
