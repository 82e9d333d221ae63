package io.flinkinference.tools.finetune;

/** A model that cannot be taught, or data that teach nothing. The message says what to do. */
public final class FinetuneException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public FinetuneException(String message) {
    super(message);
  }
}
