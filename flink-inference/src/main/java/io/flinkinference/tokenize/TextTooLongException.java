package io.flinkinference.tokenize;

/** A text cannot be scored as a whole, neither at once nor in windows. */
public final class TextTooLongException extends TokenizationException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message says how long it is, and what to do
   */
  public TextTooLongException(String message) {
    super(message);
  }
}
