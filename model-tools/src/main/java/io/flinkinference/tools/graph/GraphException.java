package io.flinkinference.tools.graph;

/** A model that cannot be read, changed or written. The message says why and what to do. */
public class GraphException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public GraphException(String message) {
    super(message);
  }

  public GraphException(String message, Throwable cause) {
    super(message, cause);
  }
}
