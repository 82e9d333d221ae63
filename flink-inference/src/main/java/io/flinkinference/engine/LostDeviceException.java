package io.flinkinference.engine;

/**
 * The device gives this process the same failure from now on, whatever runs on it and whoever opens
 * it anew. Only another process can use it again.
 */
public final class LostDeviceException extends EngineException {

  private static final long serialVersionUID = 1L;

  public LostDeviceException(String message, Throwable cause) {
    super(message, cause);
  }
}
