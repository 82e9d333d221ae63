package io.flinkinference.tools.directory;

/** A directory that cannot be made. The message says why and what to do. */
public final class DirectoryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DirectoryException(String message) {
    super(message);
  }

  DirectoryException(String message, Throwable cause) {
    super(message, cause);
  }
}
