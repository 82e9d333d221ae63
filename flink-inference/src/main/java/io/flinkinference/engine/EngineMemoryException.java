package io.flinkinference.engine;

/** A run for which the device, or the process, had too little memory. A smaller batch may run. */
public final class EngineMemoryException extends EngineException {

  private static final long serialVersionUID = 1L;

  public EngineMemoryException(String message) {
    super(message);
  }

  public EngineMemoryException(String message, Throwable cause) {
    super(message, cause);
  }
}
