package io.flinkinference.connectors.format;

/** Says in which way bytes are not what their schema says. */
final class AvroDataException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  AvroDataException(String message) {
    super(message, null, false, false); // A topic may be full of such values.
  }
}
