package io.flinkinference.connectors.replay;

/** Says why a value is no dead letter. */
final class UnreadableLetterException extends Exception {

  private static final long serialVersionUID = 1L;

  UnreadableLetterException(String message) {
    super(message, null, false, false); // A topic may be full of such values.
  }
}
