package io.flinkinference.local;

/** A server did not start because somebody else took one of its ports; its process is gone. */
final class PortTakenException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  PortTakenException(String message) {
    super(message);
  }
}
