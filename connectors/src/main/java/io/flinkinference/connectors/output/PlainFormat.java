package io.flinkinference.connectors.output;

import io.flinkinference.connectors.registry.RegisteredSchema;

/**
 * The result alone.
 *
 * @param target where the schema is registered, or null for the single-object encoding
 */
record PlainFormat(RegisteredSchema target) implements OutputFormat {

  private static final long serialVersionUID = 1L;

  /** Names of results become names of fields, which Avro does not take all. */
  @Override
  public void check(ResultKind<?> kind) {
    kind.plainSchema();
  }

  @Override
  public boolean hasText() {
    return false;
  }

  @Override
  public <R> ResultEncoder<R> encoder(ResultKind<R> kind, String topic, boolean includeText) {
    return new PlainEncoder<>(kind, Framing.of(target, topic).frame(kind.plainSchema()));
  }
}
