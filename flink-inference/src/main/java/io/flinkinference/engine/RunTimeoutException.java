package io.flinkinference.engine;

/** A run that was ended because it took longer than its limit. The engine can run others. */
public final class RunTimeoutException extends EngineException {

  private static final long serialVersionUID = 1L;

  public RunTimeoutException(String message, Throwable cause) {
    super(message, cause);
  }
}
