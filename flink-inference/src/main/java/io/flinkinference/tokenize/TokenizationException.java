package io.flinkinference.tokenize;

/** A text that the tokenizer cannot encode. */
public class TokenizationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public TokenizationException(String message) {
    super(message);
  }

  public TokenizationException(String message, Throwable cause) {
    super(message, cause);
  }
}
