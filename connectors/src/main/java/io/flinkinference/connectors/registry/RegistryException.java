package io.flinkinference.connectors.registry;

/** Says why the registry did not do what it was asked for. */
public final class RegistryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final int NO_STATUS = 0;
  private static final int NOT_FOUND = 404;

  private final int status;

  RegistryException(String message, Throwable cause) {
    super(message, cause);
    this.status = NO_STATUS;
  }

  RegistryException(String message, int status) {
    super(message);
    this.status = status;
  }

  /** Whether the registry answered that it has no such schema or subject. */
  public boolean isNotFound() {
    return status == NOT_FOUND;
  }
}
