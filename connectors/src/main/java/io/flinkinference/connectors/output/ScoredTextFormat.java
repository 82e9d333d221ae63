package io.flinkinference.connectors.output;

import io.flinkinference.connectors.avro.AvroSchemas;
import io.flinkinference.connectors.registry.RegisteredSchema;

/**
 * All there is to say about a scored text.
 *
 * @param target where the schema is registered, or null for the single-object encoding
 */
record ScoredTextFormat(RegisteredSchema target) implements OutputFormat {

  private static final long serialVersionUID = 1L;

  @Override
  public void check(ResultKind<?> kind) {
    kind.requireSingle();
  }

  @Override
  public boolean hasText() {
    return true;
  }

  @Override
  public <R> ResultEncoder<R> encoder(ResultKind<R> kind, String topic, boolean includeText) {
    return new ScoredTextEncoder<>(
        kind, includeText, Framing.of(target, topic).frame(AvroSchemas.scoredText()));
  }
}
