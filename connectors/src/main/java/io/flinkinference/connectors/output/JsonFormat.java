package io.flinkinference.connectors.output;

/** All there is to say about a scored text, in JSON. */
record JsonFormat() implements OutputFormat {

  private static final long serialVersionUID = 1L;

  @Override
  public boolean hasText() {
    return true;
  }

  @Override
  public <R> ResultEncoder<R> encoder(ResultKind<R> kind, String topic, boolean includeText) {
    return new JsonEncoder<>(kind, includeText);
  }
}
